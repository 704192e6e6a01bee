package dev.skyhedge.providers.aws;

import dev.skyhedge.providers.cloud.contract.Outcomes;
import dev.skyhedge.providers.cloud.contract.ReplyFormat;
import dev.skyhedge.providers.cloud.contract.ToleranceContract;
import dev.skyhedge.providers.cloud.naming.CloudTags;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.Provider;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.w3c.dom.Element;

class ToleranceProperties extends ToleranceContract {
    @SuppressWarnings("NullAway.Init") // before any of the properties
    private static TestAws aws;

    @BeforeContainer
    static void open() {
        aws = new TestAws();
        try (AwsProvider client = aws.client()) {
            Outcomes.done(client.launch(TestAws.request("chat-1", TestAws.spot("us-east-1a"))));
            Outcomes.done(client.launch(TestAws.request("chat-2", TestAws.onDemand("us-west-2b"))));
            Instance stopped = Outcomes.done(client.launch(TestAws.request("chat-3", TestAws.onDemand("us-east-1b"))));
            Outcomes.done(client.launch(TestAws.request("lineage-b", "chat-1", TestAws.onDemand("us-east-1b"))));
            aws.clock.advance(Duration.ofMinutes(1));
            aws.cloud.shutDown(stopped.id());
        }
    }

    @AfterContainer
    static void close() {
        aws.close();
    }

    @Override
    protected String lineage() {
        return TestAws.LINEAGE;
    }

    @Override
    protected Provider client() {
        return aws.client();
    }

    @Override
    protected void release(Provider client) {
        client.close();
    }

    @Override
    protected ReplyFormat format() {
        return new XmlReplies();
    }

    @Override
    protected List<Told> takeReplies() {
        // Quotas are told in another form, by another service: see AccountQuotasTest.
        List<Told> told = aws.cloud.exchanges().stream()
                .filter(call -> !call.action().equals("ListServiceQuotas"))
                .map(call -> new Told(call.action(), call.reply()))
                .toList();
        aws.cloud.forgetExchanges();
        return told;
    }

    @Override
    protected void change(String call, UnaryOperator<String> reply) {
        aws.cloud.faults().change(call, reply);
    }

    @Override
    protected void heal() {
        aws.cloud.faults().clear();
        // So that clients ask for the regions again.
        aws.clock.advance(Duration.ofMinutes(31));
    }

    @Override
    protected boolean names(Told told, Instance instance) {
        return told.call().equals("DescribeInstances")
                && XmlReplies.elements(told.reply(), "item").stream()
                        .filter(item -> text(item, "instanceId").equals(instance.id()))
                        .anyMatch(item -> tags(item)
                                .entrySet()
                                .containsAll(CloudTags.write(instance.tags()).entrySet()));
    }

    private static String text(Element element, String name) {
        return XmlReplies.children(element).stream()
                .filter(child -> child.getTagName().equals(name))
                .map(Element::getTextContent)
                .findFirst()
                .orElse("");
    }

    private static Map<String, String> tags(Element item) {
        Map<String, String> tags = new HashMap<>();
        XmlReplies.children(item).stream()
                .filter(child -> child.getTagName().equals("tagSet"))
                .flatMap(set -> XmlReplies.children(set).stream())
                .forEach(tag -> tags.put(text(tag, "key"), text(tag, "value")));
        return tags;
    }
}
