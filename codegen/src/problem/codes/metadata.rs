//! Codes of the vendor's metadata, and of what it is imported into.

use super::super::code::{Code, Explanation, Kind};
use super::super::example::Example;
use super::codes;

codes! {
Metadata METADATA_UNSUPPORTED = "metadata-unsupported",
    "The metadata has something that can't be described yet.",
    "The import fails rather than describe an operation by half. `--skip-unsupported` leaves such \
     operations out, and lists them.",
    Example::metadata("{\n  \"info\": {\"style\": \"RPC\", \"product\": \"Example\", \"version\": \"2024-01-01\"},\n  \"apis\": {\n    \"DoThing\": {\n      \"methods\": [\"post\"],\n      \"parameters\": [{\"name\": \"Name\", \"in\": \"path\", \"schema\": {\"type\": \"string\"}}],\n      \"responses\": {\"200\": {\"schema\": {\"type\": \"object\", \"properties\": {\"RequestId\": {\"type\": \"string\"}}}}}\n    }\n  }\n}\n"),
    Example::metadata("{\n  \"info\": {\"style\": \"RPC\", \"product\": \"Example\", \"version\": \"2024-01-01\"},\n  \"apis\": {\n    \"DoThing\": {\n      \"methods\": [\"post\"],\n      \"parameters\": [{\"name\": \"Name\", \"in\": \"query\", \"schema\": {\"type\": \"string\"}}],\n      \"responses\": {\"200\": {\"schema\": {\"type\": \"object\", \"properties\": {\"RequestId\": {\"type\": \"string\"}}}}}\n    }\n  }\n}\n");
Metadata METADATA_NAME = "metadata-name",
    "A name in the metadata can't be used.",
    "Names of actions become files, the product a folder, shared schemas keys of `components`; each has \
     up to 200 characters.",
    Example::metadata("{\n  \"info\": {\"style\": \"RPC\", \"product\": \"Example\", \"version\": \"2024-01-01\"},\n  \"apis\": {\n    \"../DoThing\": {\"methods\": [\"post\"], \"parameters\": [], \"responses\": {}}\n  }\n}\n"),
    Example::metadata("{\n  \"info\": {\"style\": \"RPC\", \"product\": \"Example\", \"version\": \"2024-01-01\"},\n  \"apis\": {\n    \"DoThing\": {\n      \"methods\": [\"post\"],\n      \"parameters\": [],\n      \"responses\": {\"200\": {\"schema\": {\"type\": \"object\", \"properties\": {\"RequestId\": {\"type\": \"string\"}}}}}\n    }\n  }\n}\n");
Metadata ANOTHER_PRODUCT = "another-product",
    "The metadata is of another product or version than the description.",
    "An import of it would overwrite the one with the other. Each product has a folder of its own, with \
     one version in it.",
    Example::metadata("{\n  \"info\": {\"style\": \"RPC\", \"product\": \"Example\", \"version\": \"2025-12-31\"},\n  \"apis\": {}\n}\n#: openapi.yaml\nopenapi: 3.0.3\ninfo: {title: Example, version: \"2024-01-01\"}\nx-acs-product: Example\nx-acs-version: \"2024-01-01\"\npaths: {}\n"),
    Example::metadata("{\n  \"info\": {\"style\": \"RPC\", \"product\": \"Example\", \"version\": \"2024-01-01\"},\n  \"apis\": {}\n}\n#: openapi.yaml\nopenapi: 3.0.3\ninfo: {title: Example, version: \"2024-01-01\"}\nx-acs-product: Example\nx-acs-version: \"2024-01-01\"\npaths: {}\n");
Metadata DESCRIPTION_IS_JSON = "description-is-json",
    "The description to import into is JSON.",
    "An import keeps comments and writes YAML. Save the file as `.yaml`, and refer to it by that name; \
     JSON is YAML as well.",
    Example::metadata("{\n  \"info\": {\"style\": \"RPC\", \"product\": \"Example\", \"version\": \"2024-01-01\"},\n  \"apis\": {}\n}\n#: openapi.json\n{\"openapi\": \"3.0.3\", \"info\": {\"title\": \"Example\", \"version\": \"1\"}, \"paths\": {}}\n"),
    Example::metadata("{\n  \"info\": {\"style\": \"RPC\", \"product\": \"Example\", \"version\": \"2024-01-01\"},\n  \"apis\": {}\n}\n#: openapi.yaml\n{\"openapi\": \"3.0.3\", \"info\": {\"title\": \"Example\", \"version\": \"1\"}, \"paths\": {}}\n");
}
