//! Everything that the description makes, used once.

    let dropped = parts::DropPartRequest::builder().part_id("7").reason("old").build();
    let _: (&String, &Option<String>) = (&dropped.part_id, &dropped.reason);
    let _ = client.drop_part(dropped);

    let mut listed = parts::ListPartsRequest::builder().page_index(1).page_size(20).build();
    listed.page_index = Some(2);
    let _ = client.list_parts(listed.clone()).items();
    let _ = client.list_parts(listed).pages();
    let parts::ListPartsResponse { others, parts, total, .. } = parts::ListPartsResponse::default();
    let _: (Vec<String>, Option<i64>) = (others, total);
    for parts::ListPartsResponseParts { id, owner, .. } in parts {
        let _: (Option<String>, Option<types::Owner>) = (id, owner);
    }
    let types::Owner { name, since, .. } = types::Owner::default();
    let _: (Option<String>, Option<i32>) = (name, since);

    let size = things::MakeThingSize::builder().width(1).height(2).build();
    let _: (i32, Option<i32>) = (size.width, size.height);
    let made = things::MakeThingRequest::builder()
        .label("a")
        .note("b")
        .color(things::MakeThingColor::Red)
        .size(size)
        .build();
    let _: (&String, &Option<String>) = (&made.label, &made.note);
    let _ = match &made.color {
        Some(things::MakeThingColor::Red) => "red",
        Some(things::MakeThingColor::Green) => "green",
        Some(things::MakeThingColor::Unlisted(text)) => text,
        _ => "",
    };
    let _ = client.make_thing(made);
    let things::MakeThingResponse { kind, owner, price, .. } = things::MakeThingResponse::default();
    let _: (Option<types::Owner>, Option<i32>) = (owner, price);
    let _ = match kind {
        Some(things::MakeThingResponseKind::Large) => 2,
        Some(things::MakeThingResponseKind::Small) => 1,
        _ => 0,
    };

    let moved = parts::MovePartRequest::builder().from_id("1").to_id("2").marks(["old"]);
    let moved = moved.slot("3").build();
    let _: (&Option<Vec<String>>, &Option<String>) = (&moved.marks, &moved.slot);
    let _ = client.move_part(moved);
    let _: Option<String> = parts::MovePartResponse::default().moved;
