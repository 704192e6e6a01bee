package dev.skyhedge.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The page in a real browser: what it shows, what it asks for, and what goes wrong in it.
@Timeout(180)
class PageInBrowserIT {
    private static final String TOKEN = "0123456789abcdef-token";
    private static final int MANY = 10_000;
    private static final int ROWS_IN_SIGHT = 60;
    private static final String MAIN = "document.querySelector('main').textContent";
    private static final String IS_WIDE = "document.documentElement.scrollWidth > innerWidth";

    @TempDir
    private Path directory;

    private Browser browser;

    @BeforeEach
    void start() throws Exception {
        browser = new Browser(directory);
        browser.looks(1240, 900, 1, "light");
    }

    @AfterEach
    void stop() {
        browser.close();
    }

    @Test
    void followsAPreemptionAsItHappens() throws Exception {
        try (var fed = new FedConsole()) {
            fed.happens();
            browser.open(fed.uri().resolve("/"));
            browser.awaitTrue(MAIN + ".includes('3 of 3 wanted')");

            fed.replicas("draining", 3);
            fed.happens(FedConsole.event("chat-1", "preemption_notice", "will be taken back in 30 s"));

            browser.awaitTrue(MAIN + ".includes('will be taken back in 30 s')");
            browser.awaitTrue(MAIN + ".includes('2 of 3 wanted')");
            browser.open(fed.uri().resolve("/#/service/chat"));
            browser.awaitTrue(MAIN + ".includes('1 draining')");

            fed.replicas("ready", 3);
            fed.happens(FedConsole.event("chat-1", "ready", "it serves again"));

            browser.awaitTrue(MAIN + ".includes('it serves again') && !" + MAIN + ".includes('1 draining')");
            asksNobodyElse(fed.uri());
        }
    }

    @Test
    void whatEventsSayIsTextAndNeverMarkup() throws Exception {
        String markup = "<img src=x onerror=\"window.ran = true\">";
        try (var fed = new FedConsole()) {
            fed.replicas(markup, 3);
            fed.happens(FedConsole.event(markup, "preempted", markup));
            for (String page : new String[] {"", "service/chat", "events"}) {
                browser.open(fed.uri().resolve("/#/" + page));

                browser.awaitTrue(MAIN + ".includes('<img src=x')");
                assertThat(browser.value("document.querySelector('main img') === null && window.ran === undefined")
                                .asBoolean())
                        .as(page)
                        .isTrue();
            }
        }
    }

    @Test
    void aPageThatLostItsConsoleSaysSoAndComesBack() throws Exception {
        URI uri;
        try (var fed = new FedConsole()) {
            uri = fed.uri();
            browser.open(uri.resolve("/"));
            browser.awaitTrue("document.querySelector('.link').textContent.includes('live')");
        }
        browser.awaitTrue("document.querySelector('.link').textContent.includes('no connection')");
        try (var again = new FedConsole(ConsoleSettings.loopback(uri.getPort()), "ready", 5)) {
            assertThat(again.uri()).isEqualTo(uri);
            browser.awaitTrue("document.querySelector('.link').textContent.includes('live')");
            browser.awaitTrue(MAIN + ".includes('5 of 5 wanted')");
        }
    }

    @Test
    void everyPageFitsAPhoneInLightAndDark() throws Exception {
        try (var fed = new FedConsole()) {
            fed.happens(FedConsole.event("chat-1", "preempted", "x".repeat(300)));
            for (String scheme : new String[] {"light", "dark"}) {
                browser.looks(360, 740, 2, scheme);
                for (String page : new String[] {"", "service/chat", "zones", "plan", "spend", "events"}) {
                    browser.open(fed.uri().resolve("/#/" + page));
                    browser.awaitTrue("document.querySelector('.link').textContent.includes('live')");
                    browser.awaitTrue("!" + MAIN + ".includes('Reading')");
                    assertThat(browser.value(IS_WIDE).asBoolean()).as(page).isFalse();
                }
            }
            asksNobodyElse(fed.uri());
        }
    }

    @Test
    void tenThousandReplicasAreAFewRows() throws Exception {
        try (var fed = new FedConsole(ConsoleSettings.loopback(0), "failing", MANY)) {
            long begun = System.nanoTime();
            browser.open(fed.uri().resolve("/#/service/chat"));
            browser.awaitTrue("document.querySelectorAll('.replica b').length > 5");
            System.out.printf("The first rows of %d replicas came after %d ms.%n", MANY, millisSince(begun));

            assertThat(browser.value("document.querySelector('.replica').textContent")
                            .asText())
                    .contains("failing");
            assertThat(rows()).isLessThan(ROWS_IN_SIGHT);
            browser.value("document.querySelector('.sight').scrollTop = 1e9");
            browser.awaitTrue(
                    "[...document.querySelectorAll('.replica b')].some(row => row.textContent === 'chat-10000')");
            assertThat(rows()).isLessThan(ROWS_IN_SIGHT);

            begun = System.nanoTime();
            browser.press("/");
            "chat-777".chars().forEach(letter -> browser.press(Character.toString(letter)));
            browser.awaitTrue(MAIN + ".includes('11 of 10,000 match')");
            System.out.printf("Those that were searched for came after %d ms.%n", millisSince(begun));
            assertThat(rows()).isLessThan(ROWS_IN_SIGHT);
        }
    }

    @Test
    void theKeyboardIsEnough() throws Exception {
        try (var fed = new FedConsole()) {
            browser.open(fed.uri().resolve("/"));
            browser.press("j");
            browser.awaitTrue("document.activeElement.matches('a.row')");
            browser.press("2");
            browser.awaitTrue(MAIN + ".includes('it held 3 replicas for an hour')");
            browser.press("/");
            "nowhere".chars().forEach(letter -> browser.press(Character.toString(letter)));
            browser.awaitTrue(MAIN + ".includes('No zone is like that')");
            browser.press("Escape");
            browser.awaitTrue(MAIN + ".includes('it held 3 replicas for an hour')");
        }
    }

    @Test
    void asksForTheTokenAndKeepsItOutOfAddresses() throws Exception {
        var guard = ConsoleSettings.loopback(0).withToken(Optional.of(TOKEN));
        try (var fed = new FedConsole(guard, "ready", 3)) {
            browser.open(fed.uri().resolve("/"));
            browser.awaitTrue("document.querySelector('form.token') !== null");
            browser.value("document.querySelector('form.token input').value = '" + TOKEN + "';"
                    + "document.querySelector('form.token').requestSubmit()");
            browser.awaitTrue("document.querySelector('main')?.textContent.includes('3 of 3 wanted')");
            assertThat(browser.requested()).noneMatch(address -> address.contains(TOKEN));
        }
    }

    private int rows() {
        return browser.value("document.querySelectorAll('.replica').length").asInt();
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    private void asksNobodyElse(URI ours) {
        assertThat(browser.troubles()).isEmpty();
        assertThat(browser.requested())
                .isNotEmpty()
                .allMatch(address -> address.startsWith(ours.toString()) || address.equals("about:blank"));
    }
}
