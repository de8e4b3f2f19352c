//! Scalars as values, each with what it takes besides its own kind.

use std::str::FromStr;

use super::{Json, Open, Scalar, Unfit, Value, View};

/// Puts a scalar into an open enum, or anything else that is made of text: numbers and truth values
/// become theirs.
///
/// # Errors
///
/// None; the signature is that of [`Value::set`].
pub fn text<T: for<'a> From<&'a str>>(to: &mut T, scalar: Scalar<'_>) -> Result<(), Unfit> {
    *to = match scalar {
        Scalar::Boolean(value) => T::from(&value.to_string()),
        Scalar::Integer(value) => T::from(&value.to_string()),
        Scalar::Unsigned(value) => T::from(&value.to_string()),
        Scalar::Float(value) => T::from(&value.to_string()),
        Scalar::Text(value) => T::from(value),
    };
    Ok(())
}

impl Value for String {
    fn initial() -> Self {
        Self::new()
    }

    fn view(&self) -> View<'_> {
        View::Text(self)
    }

    fn expected(&self) -> &'static str {
        "a string"
    }

    fn set(&mut self, scalar: Scalar<'_>) -> Result<(), Unfit> {
        text(self, scalar)
    }

    fn open(&mut self) -> Open<'_> {
        Open::Text(self)
    }
}

impl Value for bool {
    fn initial() -> Self {
        false
    }

    fn view(&self) -> View<'_> {
        View::Boolean(*self)
    }

    fn expected(&self) -> &'static str {
        "true or false"
    }

    fn set(&mut self, scalar: Scalar<'_>) -> Result<(), Unfit> {
        *self = match scalar {
            Scalar::Boolean(value) => value,
            Scalar::Text(text) if text.eq_ignore_ascii_case("true") => true,
            Scalar::Text(text) if text.eq_ignore_ascii_case("false") => false,
            Scalar::Text(_) => return Err(Unfit("a string that is neither")),
            other => return Err(other.unfit()),
        };
        Ok(())
    }
}

const RANGE: Unfit = Unfit("one that is out of range");

/// Numbers: integers and floating ones differ in the view and in what they take.
macro_rules! numbers {
    ($($ty:ty, $view:ident($shown:path), $expected:literal, $read:path;)*) => {$(
        impl Value for $ty {
            fn initial() -> Self {
                Self::default()
            }

            fn view(&self) -> View<'_> {
                View::$view($shown(*self))
            }

            fn expected(&self) -> &'static str {
                $expected
            }

            fn set(&mut self, scalar: Scalar<'_>) -> Result<(), Unfit> {
                *self = $read(scalar)?;
                Ok(())
            }
        }
    )*};
}

numbers! {
    i32, Integer(i64::from), "an integer", whole;
    i64, Integer(i64::from), "an integer", whole;
    f32, Float(widened), "a number", narrow;
    f64, Float(f64::from), "a number", float;
}

fn whole<T: TryFrom<i64> + FromStr>(scalar: Scalar<'_>) -> Result<T, Unfit> {
    match scalar {
        Scalar::Integer(value) => T::try_from(value).map_err(|_| RANGE),
        Scalar::Unsigned(_) => Err(RANGE),
        // Within 53 bits a float without a fraction is exactly the integer that it looks like.
        Scalar::Float(value) if value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0 => {
            T::try_from(value as i64).map_err(|_| RANGE)
        }
        Scalar::Float(_) => Err(Unfit("a number with a fraction")),
        Scalar::Text(text) => text.trim().parse().map_err(|_| scalar.unfit()),
        Scalar::Boolean(_) => Err(scalar.unfit()),
    }
}

fn float(scalar: Scalar<'_>) -> Result<f64, Unfit> {
    let value = match scalar {
        Scalar::Integer(value) => value as f64,
        Scalar::Unsigned(value) => value as f64,
        Scalar::Float(value) => value,
        Scalar::Text(text) => text.trim().parse().map_err(|_| scalar.unfit())?,
        Scalar::Boolean(_) => return Err(scalar.unfit()),
    };
    // JSON has neither infinity nor what is no number, so they couldn't be written again.
    if value.is_finite() {
        Ok(value)
    } else {
        Err(RANGE)
    }
}

fn narrow(scalar: Scalar<'_>) -> Result<f32, Unfit> {
    let value = float(scalar)? as f32;
    if value.is_finite() {
        Ok(value)
    } else {
        Err(RANGE)
    }
}

/// The number that looks the same: 0.1 rather than 0.10000000149011612.
fn widened(value: f32) -> f64 {
    value
        .to_string()
        .parse()
        .unwrap_or_else(|_| f64::from(value))
}

impl Value for Json {
    fn initial() -> Self {
        Self::Null
    }

    fn view(&self) -> View<'_> {
        View::Json(self)
    }

    fn expected(&self) -> &'static str {
        "JSON"
    }

    fn set(&mut self, scalar: Scalar<'_>) -> Result<(), Unfit> {
        *self = match scalar {
            Scalar::Boolean(value) => value.into(),
            Scalar::Integer(value) => value.into(),
            Scalar::Unsigned(value) => value.into(),
            Scalar::Float(value) => value.into(),
            Scalar::Text(value) => value.into(),
        };
        Ok(())
    }

    fn open(&mut self) -> Open<'_> {
        Open::Json(self)
    }

    fn clear(&mut self) -> bool {
        *self = Self::Null;
        true
    }
}
