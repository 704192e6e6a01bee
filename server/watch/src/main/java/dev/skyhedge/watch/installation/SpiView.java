package dev.skyhedge.watch.installation;

/// What a provider plugin sees of us: the JDK, the SPI and slf4j, and nothing else, so that its SDK's versions of
/// anything never meet ours.
final class SpiView extends ClassLoader {
    private static final String SPI = "dev.skyhedge.spi.";
    private static final String LOGGING = "org.slf4j.";

    private final ClassLoader ours;

    static {
        registerAsParallelCapable();
    }

    SpiView(ClassLoader ours) {
        super("skyhedge-spi", ClassLoader.getPlatformClassLoader());
        this.ours = ours;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (name.startsWith(SPI) || name.startsWith(LOGGING)) {
            return ours.loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }
}
