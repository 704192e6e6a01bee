package dev.skyhedge.providers.aws;

import dev.skyhedge.providers.cloud.contract.Damage;
import dev.skyhedge.providers.cloud.contract.ReplyFormat;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/// EC2's replies. A step is an element's name and its position among the elements beside it.
final class XmlReplies implements ReplyFormat {
    @Override
    public List<Place> places(String reply, Damage damage) {
        List<Place> places = new ArrayList<>();
        walk(parse(reply).getDocumentElement(), List.of(), (element, steps) -> {
            boolean leaf = children(element).isEmpty();
            boolean text = leaf && !element.getTextContent().isBlank();
            boolean fits = switch (damage) {
                case LEFT_OUT, EMPTY -> !steps.isEmpty();
                case OTHER_WORD -> text;
                case MORE -> !leaf;
            };
            if (fits) {
                places.add(new Place(steps));
            }
        });
        return places;
    }

    @Override
    public String damaged(String reply, Place place, Damage damage) {
        Document document = parse(reply);
        Optional<Element> part = find(document.getDocumentElement(), place.steps());
        part.ifPresent(element -> {
            switch (damage) {
                case LEFT_OUT -> element.getParentNode().removeChild(element);
                case EMPTY -> element.setTextContent("");
                case OTHER_WORD -> element.setTextContent(Damage.UNHEARD_OF);
                case MORE ->
                    element.appendChild(document.createElementNS(element.getNamespaceURI(), Damage.UNHEARD_OF))
                            .setTextContent(Damage.UNHEARD_OF);
            }
        });
        return part.isPresent() ? write(document) : reply;
    }

    /// The elements of this name anywhere in a reply.
    static List<Element> elements(String reply, String name) {
        List<Element> named = new ArrayList<>();
        walk(parse(reply).getDocumentElement(), List.of(), (element, steps) -> {
            if (name.equals(element.getTagName())) {
                named.add(element);
            }
        });
        return named;
    }

    /// The elements directly in another one.
    static List<Element> children(Element element) {
        List<Element> children = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(child);
            }
        }
        return children;
    }

    private static Optional<Element> find(Element root, List<Object> steps) {
        Element here = root;
        for (Object step : steps) {
            List<Element> children = children(here);
            Optional<Element> next = Optional.empty();
            for (int i = 0; i < children.size(); i++) {
                if (step.equals(step(children.get(i), i))) {
                    next = Optional.of(children.get(i));
                }
            }
            if (next.isEmpty()) {
                return Optional.empty();
            }
            here = next.get();
        }
        return Optional.of(here);
    }

    private static String step(Element element, int position) {
        return element.getTagName() + "#" + position;
    }

    private static void walk(Element here, List<Object> steps, BiConsumer<Element, List<Object>> visitor) {
        visitor.accept(here, steps);
        List<Element> children = children(here);
        for (int i = 0; i < children.size(); i++) {
            List<Object> longer = new ArrayList<>(steps);
            longer.add(step(children.get(i), i));
            walk(children.get(i), longer, visitor);
        }
    }

    private static Document parse(String reply) {
        try {
            DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
            parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            parsers.setNamespaceAware(true);
            return parsers.newDocumentBuilder().parse(new InputSource(new StringReader(reply)));
        } catch (ParserConfigurationException | SAXException | java.io.IOException e) {
            throw new IllegalArgumentException("Not XML: " + reply, e);
        }
    }

    private static String write(Document document) {
        try {
            StringWriter text = new StringWriter();
            TransformerFactory.newInstance()
                    .newTransformer()
                    .transform(new DOMSource(document), new StreamResult(text));
            return text.toString();
        } catch (TransformerException e) {
            throw new IllegalStateException(e);
        }
    }
}
