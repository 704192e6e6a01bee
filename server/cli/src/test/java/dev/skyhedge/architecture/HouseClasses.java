package dev.skyhedge.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/// Every class of ours that ships, read once for all rules.
final class HouseClasses {
    static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // A module that lends its tests to others puts them into a jar, which is not known to be one of tests.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.skyhedge");

    private HouseClasses() {}
}
