//! Code of users: a function's body for each planted change that breaks some, with `client` at hand.

/// Uses all that the description makes, but for names of types: what doesn't break must leave it alone.
pub(crate) const EVERYTHING: &str = include_str!("everything.rs");

/// Code of today, which meets the change, and code for the changed crate, which meets its being taken
/// back. Where the first is empty, everything is used instead.
pub(crate) struct Client {
    pub(crate) name: &'static str,
    pub(crate) there: &'static str,
    pub(crate) back: &'static str,
}

macro_rules! clients {
    ($($name:ident: $there:literal, $back:literal;)*) => {
        /// In the order of the table of changes.
        pub(crate) const CLIENTS: &[Client] = &[$(Client {
            name: stringify!($name),
            there: $there,
            back: $back,
        }),*];
    };
}

clients! {
    group_of_an_operation:
        "let _ = client.drop_part(parts::DropPartRequest::builder().part_id(\"7\").build());",
        "let _ = client.drop_part(things::DropPartRequest::builder().part_id(\"7\").build());";
    group_renamed:
        "let _: Option<things::MakeThingResponse> = None;",
        "let _: Option<items::MakeThingResponse> = None;";
    operation_added:
        "",
        "let _ = client.get_part(parts::GetPartRequest::default());";
    group_added:
        "",
        "let _ = client.ping(pings::PingRequest::default());";
    operation_renamed:
        "let _ = client.drop_part(parts::DropPartRequest::builder().part_id(\"7\").build());",
        "let _ = client.drop_one_part(parts::DropOnePartRequest::builder().part_id(\"7\").build());";
    operation_named_by_hand:
        "let _ = client.drop_part(parts::DropPartRequest::builder().part_id(\"7\").build());",
        "let _ = client.throw_away(parts::ThrowAwayRequest::builder().part_id(\"7\").build());";
    parameter_added:
        "",
        "let _ = parts::DropPartRequest::builder().part_id(\"7\").force(true).build();";
    parameter_added_required:
        "let _ = parts::DropPartRequest::builder().part_id(\"7\").reason(\"old\").build();",
        "let _ = parts::DropPartRequest::builder().part_id(\"7\").force(true).build();";
    parameter_removed:
        "let _ = parts::DropPartRequest::builder().part_id(\"7\").reason(\"old\").build();",
        "let _ = client.drop_part(parts::DropPartRequest::builder().part_id(\"7\").build());";
    parameter_removed_required:
        "let _ = parts::DropPartRequest::builder().part_id(\"7\").build();",
        "let _ = parts::DropPartRequest::builder().reason(\"old\").build();";
    parameter_with_a_type_removed:
        "let _ = things::MakeThingRequest::builder().label(\"a\").color(things::MakeThingColor::Red).build();",
        "let _ = client.make_thing(things::MakeThingRequest::builder().label(\"a\").build());";
    parameter_retyped:
        "let _ = things::MakeThingRequest::builder().label(\"a\").note(\"b\").build();",
        "let _ = things::MakeThingRequest::builder().label(\"a\").note(7).build();";
    parameter_required:
        "let _ = parts::DropPartRequest::builder().part_id(\"7\").build();",
        "let request = parts::DropPartRequest::builder().part_id(\"7\").reason(\"old\").build(); let _: String = request.reason;";
    parameter_optional:
        "let request = things::MakeThingRequest::builder().label(\"a\").build(); let _: String = request.label;",
        "let _ = things::MakeThingRequest::builder().build();";
    field_within_a_parameter_added:
        "",
        "let _ = things::MakeThingSize::builder().width(1).depth(2).build();";
    field_within_a_parameter_required:
        "let _ = things::MakeThingSize::builder().width(1).build();",
        "let _: i32 = things::MakeThingSize::builder().width(1).height(2).build().height;";
    field_added:
        "",
        "let _ = things::MakeThingResponse::default().tax;";
    field_removed:
        "let _ = things::MakeThingResponse::default().price;",
        "let _ = things::MakeThingResponse::default().kind;";
    field_widened:
        "let _: Option<i32> = things::MakeThingResponse::default().price;",
        "let _: Option<i64> = things::MakeThingResponse::default().price;";
    field_named_by_hand:
        "let _ = things::MakeThingResponse::default().price;",
        "let _ = things::MakeThingResponse::default().cost;";
    field_of_a_shared_type_retyped:
        "let _: Option<i32> = types::Owner::default().since;",
        "let _: Option<i64> = types::Owner::default().since;";
    shared_type_named_by_hand:
        "let _: Option<types::Owner> = things::MakeThingResponse::default().owner;",
        "let _: Option<types::Holder> = things::MakeThingResponse::default().owner;";
    value_added:
        "",
        "let _ = things::MakeThingColor::Blue;";
    value_added_to_an_answer:
        "",
        "let _ = things::MakeThingResponseKind::Huge;";
    value_removed:
        "let _ = things::MakeThingColor::Green;",
        "match things::MakeThingColor::from(\"RED\") { things::MakeThingColor::Red => {} _ => {} }";
    value_named_by_hand:
        "let _ = things::MakeThingColor::Red;",
        "let _ = things::MakeThingColor::Crimson;";
    values_listed:
        "let _: Option<String> = parts::DropPartRequest::builder().part_id(\"7\").reason(\"OLD\").build().reason;",
        "let _ = parts::DropPartRequest::builder().part_id(\"7\").reason(parts::DropPartReason::Old).build();";
    values_no_longer_listed:
        "let _ = things::MakeThingRequest::builder().label(\"a\").color(things::MakeThingColor::Red).build();",
        "let _: Option<String> = things::MakeThingRequest::builder().label(\"a\").color(\"RED\").build().color;";
    pages_gone:
        "let _ = client.list_parts(parts::ListPartsRequest::default()).items();",
        "let _ = client.list_parts(parts::ListPartsRequest::default());";
    pages_of_other_items:
        "fn id(part: &parts::ListPartsResponseParts) -> Option<&str> { part.id.as_deref() }\n    fn each<R: runtime::Paginated<Item = T>, T>(_: R, _: fn(&T) -> Option<&str>) {}\n    each(parts::ListPartsRequest::default(), id);",
        "fn text(part: &String) -> Option<&str> { Some(part) }\n    fn each<R: runtime::Paginated<Item = T>, T>(_: R, _: fn(&T) -> Option<&str>) {}\n    each(parts::ListPartsRequest::default(), text);";
    operation_added_with_a_taken_name:
        "let _ = things::MakeThingSize::builder().width(1).build();",
        "let _ = things::MakeThingExtent::builder().width(1).build();";
    list_instead_of_a_text:
        "let _ = things::MakeThingRequest::builder().label(\"a\").note(\"b\").build();",
        "let _ = things::MakeThingRequest::builder().label(\"a\").note([\"b\"]).build();";
    text_instead_of_a_list:
        "let _ = parts::ListPartsResponse::default().others.len();",
        "let _ = parts::ListPartsResponse::default().others.unwrap_or_default();";
    object_instead_of_a_text:
        "let _ = things::MakeThingRequest::builder().label(\"a\").note(\"b\").build();",
        "let _ = things::MakeThingNote::builder().text(\"b\").build();";
    map_instead_of_an_object:
        "let _ = things::MakeThingSize::builder().width(1).build();",
        "let _ = things::MakeThingRequest::builder().label(\"a\").size([(\"Width\", \"1\")]).build();";
    text_instead_of_an_integer:
        "let _: i32 = things::MakeThingResponse::default().price.unwrap_or(0);",
        "let _: String = things::MakeThingResponse::default().price.unwrap_or_default();";
    number_instead_of_an_integer:
        "let _: i32 = things::MakeThingResponse::default().price.unwrap_or_default();",
        "let _: f64 = things::MakeThingResponse::default().price.unwrap_or_default();";
    list_of_what_was_one:
        "let _ = things::MakeThingResponse::default().owner.and_then(|owner| owner.name);",
        "let _ = things::MakeThingResponse::default().owner.first().map(|owner| owner.name.clone());";
    parameter_widened:
        "let number: i32 = 1; let _ = parts::ListPartsRequest::builder().page_index(number).build();",
        "let number: i64 = 1; let _ = parts::ListPartsRequest::builder().page_index(number).build();";
    items_of_a_list_retyped:
        "let _: Vec<String> = parts::ListPartsResponse::default().others;",
        "let _: i64 = parts::ListPartsResponse::default().others.iter().sum();";
    items_of_a_list_listed:
        "let _: Vec<String> = parts::ListPartsResponse::default().others;",
        "let _ = parts::ListPartsResponse::default().others == [parts::ListPartsResponseOthers::Bolt];";
    items_of_a_parameter_listed:
        "let mut request = parts::MovePartRequest::builder().from_id(\"1\").to_id(\"2\").build(); request.marks = Some(vec![\"OLD\".to_owned()]);",
        "let _ = parts::MovePartRequest::builder().from_id(\"1\").to_id(\"2\").marks([parts::MovePartMarks::Old]).build();";
    field_of_items_added:
        "",
        "let _ = parts::ListPartsResponseParts::default().age;";
    field_of_items_removed:
        "let _ = parts::ListPartsResponseParts::default().id;",
        "let _ = parts::ListPartsResponseParts::default().owner;";
    field_of_items_retyped:
        "let _: Option<String> = parts::ListPartsResponseParts::default().id;",
        "let _: Option<i64> = parts::ListPartsResponseParts::default().id;";
    field_within_a_parameter_removed:
        "let _ = things::MakeThingSize::builder().width(1).height(2).build();",
        "let _ = things::MakeThingSize::builder().width(1).build();";
    field_within_a_parameter_added_required:
        "let _ = things::MakeThingSize::builder().width(1).height(2).build();",
        "let _ = things::MakeThingSize::builder().width(1).depth(2).build();";
    field_of_a_shared_type_added:
        "",
        "let _ = types::Owner::default().sort;";
    field_of_a_shared_type_removed:
        "let _ = types::Owner::default().since;",
        "let _ = types::Owner::default().name;";
    required_parameter_named_otherwise_on_the_wire:
        "let _: parts::MovePartRequestBuilder<true, false> = parts::MovePartRequest::builder().from_id(\"1\");",
        "let _: parts::MovePartRequestBuilder<false, true> = parts::MovePartRequest::builder().from_id(\"1\");";
    value_replaced:
        "let _ = things::MakeThingColor::Red;",
        "let _ = things::MakeThingColor::Blue;";
    value_of_an_answer_removed:
        "let _ = things::MakeThingResponseKind::Small;",
        "match things::MakeThingResponse::default().kind { Some(things::MakeThingResponseKind::Large) => {} _ => {} }";
    pages_by_a_token:
        "",
        "let _ = parts::ListPartsRequest::builder().after(\"a\").build();";
    shared_values:
        "let _: Option<things::MakeThingColor> = things::MakeThingRequest::builder().label(\"a\").build().color;",
        "let _: Option<types::Color> = things::MakeThingRequest::builder().label(\"a\").build().color;";
    shared_type_gone:
        "let _ = types::Owner::default();",
        "let _ = things::MakeThingResponse::default().kind; let _ = parts::ListPartsResponseParts::default().id;";
    shared_type_sent_instead:
        "let _ = types::Owner::default().name; let _ = things::MakeThingResponse::default().owner;",
        "let _ = types::Owner::builder().name(\"a\").build();";
}
