//! Codes of operations and their groups.

use super::super::code::{Code, Explanation, Kind};
use super::super::example::Example;
use super::codes;

codes! {
Operation NO_OPERATION_ID = "no-operation-id",
    "The operation has no name.",
    "`operationId` is the name of the action: it is sent with each call, and the method is called by it.",
    Example::entry("openapi: 3.0.3\n#: operations/DoThing.yaml\npost:\n  tags: [Things]\n  summary: Repairs what is broken.\n  x-acs-retry: send\n  responses:\n    \"200\":\n      description: It is done.\n      content: {application/json: {schema: {type: object, properties: {RequestId: {type: string, description: Identifies the call.}}}}}\n"),
    Example::entry("openapi: 3.0.3\n#: operations/DoThing.yaml\npost:\n  operationId: DoThing\n  tags: [Things]\n  summary: Repairs what is broken.\n  x-acs-retry: send\n  responses:\n    \"200\":\n      description: It is done.\n      content: {application/json: {schema: {type: object, properties: {RequestId: {type: string, description: Identifies the call.}}}}}\n");
Operation DUPLICATE_OPERATION_ID = "duplicate-operation-id",
    "Two operations have the same name.",
    "Each is a method of the client, and the service knows each by its name.",
    Example::entry("paths:\n  /#DoThing: {$ref: operations/DoThing.yaml}\n  /#UndoThing: {$ref: operations/UndoThing.yaml}\n#: operations/UndoThing.yaml\npost:\n  operationId: DoThing\n  tags: [Things]\n  summary: Breaks what is whole.\n  x-acs-retry: send\n  responses:\n    \"200\":\n      description: It is done.\n      content: {application/json: {schema: {type: object, properties: {RequestId: {type: string, description: Identifies the call.}}}}}\n"),
    Example::entry("paths:\n  /#DoThing: {$ref: operations/DoThing.yaml}\n  /#UndoThing: {$ref: operations/UndoThing.yaml}\n#: operations/UndoThing.yaml\npost:\n  operationId: UndoThing\n  tags: [Things]\n  summary: Breaks what is whole.\n  x-acs-retry: send\n  responses:\n    \"200\":\n      description: It is done.\n      content: {application/json: {schema: {type: object, properties: {RequestId: {type: string, description: Identifies the call.}}}}}\n");
Operation SHARED_PATH_ITEM = "shared-path-item",
    "Two paths refer to one file.",
    "The operation in it would be there twice, under one name. Give each path a file of its own.",
    Example::entry("paths:\n  /#DoThing: {$ref: operations/DoThing.yaml}\n  /#Repair: {$ref: operations/DoThing.yaml}\n"),
    Example::entry("paths:\n  /#DoThing: {$ref: operations/DoThing.yaml}\n");
Operation DUPLICATE_PARAMETER = "duplicate-parameter",
    "An operation has the same parameter twice.",
    "Name and place tell parameters apart; of two alike, one would be lost.",
    Example::operation("parameters:\n  - {name: Name, in: query, description: What it is called., schema: {type: string}}\n  - {name: Name, in: query, description: Its name., schema: {type: string}}\n"),
    Example::operation("parameters:\n  - {name: Name, in: query, description: What it is called., schema: {type: string}}\n");
Operation NO_RETRY_CLASS = "no-retry-class",
    "Nobody has decided whether the operation may be repeated.",
    "`x-acs-retry: read` says that repeating it changes nothing, `send` that it may message a person or \
     change something. The vendor's labels don't tell, so a person reads what the operation does.",
    Example::entry("openapi: 3.0.3\n#: operations/DoThing.yaml\npost:\n  operationId: DoThing\n  tags: [Things]\n  summary: Repairs what is broken.\n  responses:\n    \"200\":\n      description: It is done.\n      content: {application/json: {schema: {type: object, properties: {RequestId: {type: string, description: Identifies the call.}}}}}\n"),
    Example::operation("x-acs-retry: send\n");
Operation NO_ANSWER = "no-answer",
    "Nothing describes what a successful call answers.",
    "The response `\"200\"` has an `application/json` schema, an object with properties, in place.",
    Example::operation("responses:\n  \"200\": {description: It is done.}\n"),
    Example::operation("responses:\n  \"200\":\n    description: It is done.\n    content: {application/json: {schema: {type: object, properties: {RequestId: {type: string, description: Identifies the call.}}}}}\n");
Operation ONE_TAG = "one-tag",
    "The operation has no tag, or more than one.",
    "The tag is its group: a module and a Cargo feature. It stands in exactly one.",
    Example::operation("tags: []\n"),
    Example::operation("tags: [Things]\n");
Operation UNDECLARED_TAG = "undeclared-tag",
    "The tag isn't declared in the entry.",
    "`tags` of the entry lists every group with a description, which documents its module. A tag that \
     isn't there is misspelt, or waits to be described.",
    Example::operation("tags: [Thigns]\n"),
    Example::operation("tags: [Things]\n");
Operation UNUSED_TAG = "unused-tag",
    "No operation has the tag.",
    "Its module and its Cargo feature would be empty.",
    Example::entry("tags:\n  - {name: Things, description: What this service is about.}\n  - {name: Others, description: What it isn't about.}\n"),
    Example::entry("tags:\n  - {name: Things, description: What this service is about.}\n");
}
