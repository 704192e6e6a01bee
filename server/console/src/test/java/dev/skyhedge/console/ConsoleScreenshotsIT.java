package dev.skyhedge.console;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Takes the pictures in `docs/images` of a watch that runs, when it is told where:
/// `./mvnw -pl server/console -am test -Dtest=ConsoleScreenshotsIT -Dconsole.pictures=http://127.0.0.1:7070/`.
@EnabledIfSystemProperty(named = "console.pictures", matches = "http.+")
class ConsoleScreenshotsIT {
    private final URI console = URI.create(System.getProperty("console.pictures", ""));
    private final Path images = Path.of(System.getProperty("console.images", "../../docs/images"));

    @TempDir
    private Path directory;

    @Test
    void takesThem() throws Exception {
        Files.createDirectories(images);
        try (var browser = new Browser(directory)) {
            browser.looks(1240, 800, 1, "light");
            take(browser, "", "console-light.png");
            take(browser, "#/service/" + service(browser), "console-service.png");
            browser.looks(1240, 800, 1, "dark");
            take(browser, "", "console-dark.png");
            browser.looks(390, 844, 1, "light");
            take(browser, "", "console-phone.png");
            if (Boolean.getBoolean("console.all")) {
                takeTheRest(browser);
            }
        }
    }

    private void takeTheRest(Browser browser) throws Exception {
        String service = service(browser);
        take(browser, "#/service/" + service, "all-phone-service.png");
        take(browser, "#/events", "all-phone-events.png");
        browser.looks(1240, 1700, 1, "dark");
        take(browser, "#/service/" + service, "all-dark-service.png");
        browser.looks(1240, 900, 1, "light");
        for (String page : new String[] {"zones", "plan", "spend", "events"}) {
            take(browser, "#/" + page, "all-" + page + ".png");
        }
        browser.looks(1240, 1500, 1, "light");
        take(browser, "", "all-long.png");
    }

    private static String service(Browser browser) {
        return browser.value("document.querySelector('a.row b').textContent").asText();
    }

    private void take(Browser browser, String route, String name) throws Exception {
        browser.open(console.resolve("/" + route));
        browser.awaitTrue("document.querySelector('.link').textContent.startsWith(' live')");
        browser.awaitTrue("[...document.querySelectorAll('.plot')].every(plot => plot.querySelector('canvas'))");
        browser.value("new Promise(done => setTimeout(done, 2500))");
        Files.write(images.resolve(name), browser.screenshot());
    }
}
