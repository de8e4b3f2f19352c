//! Options, lists, maps and records as values.

use std::collections::BTreeMap;
use std::fmt;

use super::{List, Map, Open, Record, Scalar, Unfit, Value, View};

impl<T: Value> Value for Option<T> {
    fn initial() -> Self {
        None
    }

    fn view(&self) -> View<'_> {
        self.as_ref().map_or(View::Absent, Value::view)
    }

    fn expected(&self) -> &'static str {
        T::initial().expected()
    }

    fn set(&mut self, scalar: Scalar<'_>) -> Result<(), Unfit> {
        let set = self.insert(T::initial()).set(scalar);
        if set.is_err() && scalar.is_empty_text() {
            *self = None;
            return Ok(());
        }
        set
    }

    fn open(&mut self) -> Open<'_> {
        self.insert(T::initial()).open()
    }

    fn clear(&mut self) -> bool {
        *self = None;
        true
    }
}

impl<T: Value> Value for Vec<T> {
    fn initial() -> Self {
        Self::new()
    }

    fn view(&self) -> View<'_> {
        View::List(self)
    }

    fn expected(&self) -> &'static str {
        "a list"
    }

    fn set(&mut self, scalar: Scalar<'_>) -> Result<(), Unfit> {
        if !scalar.is_empty_text() {
            return Err(scalar.unfit());
        }
        Self::clear(self);
        Ok(())
    }

    fn open(&mut self) -> Open<'_> {
        // Of two members of one name, the last holds.
        Self::clear(self);
        Open::List(self)
    }

    fn clear(&mut self) -> bool {
        Self::clear(self);
        true
    }
}

impl<T: Value> List for Vec<T> {
    fn items(&self) -> Box<dyn ExactSizeIterator<Item = &dyn Value> + '_> {
        Box::new(self.iter().map(|item| item as &dyn Value))
    }

    fn push(&mut self) -> &mut dyn Value {
        self.push(T::initial());
        let last = self.len() - 1;
        &mut self[last]
    }

    fn pop(&mut self) {
        Self::pop(self);
    }
}

impl<T: Value> Value for BTreeMap<String, T> {
    fn initial() -> Self {
        Self::new()
    }

    fn view(&self) -> View<'_> {
        View::Map(self)
    }

    fn expected(&self) -> &'static str {
        "an object"
    }

    fn set(&mut self, scalar: Scalar<'_>) -> Result<(), Unfit> {
        if !scalar.is_empty_text() {
            return Err(scalar.unfit());
        }
        Self::clear(self);
        Ok(())
    }

    fn open(&mut self) -> Open<'_> {
        // As for a list.
        Self::clear(self);
        Open::Map(self)
    }

    fn clear(&mut self) -> bool {
        Self::clear(self);
        true
    }
}

impl<T: Value> Map for BTreeMap<String, T> {
    fn members(&self) -> Box<dyn ExactSizeIterator<Item = (&str, &dyn Value)> + '_> {
        Box::new(
            self.iter()
                .map(|(name, value)| (name.as_str(), value as &dyn Value)),
        )
    }

    fn member(&mut self, name: String) -> &mut dyn Value {
        let member = self.entry(name).or_insert_with(T::initial);
        // Of two members of one name, the last holds.
        *member = T::initial();
        member
    }

    fn remove(&mut self, name: &str) {
        Self::remove(self, name);
    }
}

impl<R: Record + fmt::Debug> Value for R {
    fn initial() -> Self {
        R::blank()
    }

    fn view(&self) -> View<'_> {
        View::Record(self)
    }

    fn expected(&self) -> &'static str {
        "an object"
    }

    fn open(&mut self) -> Open<'_> {
        // As for a list.
        *self = R::blank();
        Open::Record(self)
    }
}
