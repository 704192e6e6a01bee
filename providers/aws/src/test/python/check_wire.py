"""Holds recorded calls against Amazon's own description of EC2, as botocore has it.

Usage: check_wire.py FILE
The file has a JSON object a line: action, parameters, status, reply. Every parameter must be one that the model knows,
every element of a reply likewise, and botocore's own parser must read every reply.
"""
import json
import sys
import xml.etree.ElementTree as tree

import botocore.parsers
import botocore.session


def capital(name):
    return name[:1].upper() + name[1:]


def query_names(shape):
    """Parameter name to shape of its value, as the EC2 protocol writes them."""
    names = {}
    for member, inner in shape.members.items():
        written = inner.serialization.get("queryName") or capital(inner.serialization.get("name", member))
        names[written] = inner
    return names


def check_parameter(name, value, shape):
    for part in name.split("."):
        if shape.type_name == "structure":
            names = query_names(shape)
            assert part in names, "unknown parameter " + name
            shape = names[part]
        elif shape.type_name == "list":
            assert part.isdigit(), "a list in " + name
            shape = shape.member
        else:
            raise AssertionError("too deep: " + name)
    assert shape.type_name not in ("structure", "list"), "incomplete: " + name
    if shape.type_name in ("integer", "long"):
        int(value)
    if shape.type_name == "boolean":
        assert value in ("true", "false"), name + "=" + value


def check_element(element, shape, path):
    if shape.type_name == "structure":
        names = {inner.serialization.get("name", member): inner for member, inner in shape.members.items()}
        for child in element:
            tag = child.tag.split("}")[-1]
            if path.count("/") == 0 and tag == "requestId":
                continue
            assert tag in names, "unknown element " + path + "/" + tag
            check_element(child, names[tag], path + "/" + tag)
    elif shape.type_name == "list":
        for child in element:
            assert child.tag.split("}")[-1] == "item", "not an item in " + path
            check_element(child, shape.member, path + "/item")
    else:
        assert not len(element), "too deep: " + path


def main(file):
    model = botocore.session.get_session().get_service_model("ec2")
    parser = botocore.parsers.EC2QueryParser()
    seen = {}
    with open(file, encoding="utf-8") as lines:
        for line in lines:
            call = json.loads(line)
            action, parameters = call["action"], dict(call["parameters"])
            operation = model.operation_model(action)
            assert parameters.pop("Action") == action
            assert parameters.pop("Version") == model.api_version, call
            for name, value in parameters.items():
                check_parameter(name, value, operation.input_shape)
            body = call["reply"].encode()
            parsed = parser.parse(
                {"body": body, "headers": {}, "status_code": call["status"]}, operation.output_shape
            )
            if call["status"] == 200:
                root = tree.fromstring(body)
                assert root.tag.split("}")[-1] == action + "Response", root.tag
                if operation.output_shape is not None:
                    check_element(root, operation.output_shape, action)
            else:
                assert parsed["Error"]["Code"], call["reply"]
            seen[action] = seen.get(action, 0) + 1
    for action in sorted(seen):
        print(action, seen[action])


if __name__ == "__main__":
    main(sys.argv[1])
