//! Scalars as values, each with what it takes besides its own kind.

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

/// Numbers: integers and floating ones differ in the view and in what they take.
macro_rules! numbers {
    ($($ty:ty, $view:ident, $expected:literal, |$scalar:ident| $number:expr;)*) => {$(
        impl Value for $ty {
            fn initial() -> Self {
                Self::default()
            }

            fn view(&self) -> View<'_> {
                View::$view((*self).into())
            }

            fn expected(&self) -> &'static str {
                $expected
            }

            fn set(&mut self, $scalar: Scalar<'_>) -> Result<(), Unfit> {
                *self = match $scalar {
                    Scalar::Boolean(_) => return Err($scalar.unfit()),
                    Scalar::Text(text) => text.trim().parse().map_err(|_| $scalar.unfit())?,
                    _ => $number,
                };
                Ok(())
            }
        }
    )*};
}

numbers! {
    i32, Integer, "an integer", |scalar| whole(scalar)?;
    i64, Integer, "an integer", |scalar| whole(scalar)?;
    f32, Float, "a number", |scalar| float(scalar)? as f32;
    f64, Float, "a number", |scalar| float(scalar)?;
}

fn whole<T: TryFrom<i64>>(scalar: Scalar<'_>) -> Result<T, Unfit> {
    const RANGE: Unfit = Unfit("one that is out of range");
    match scalar {
        Scalar::Integer(value) => T::try_from(value).map_err(|_| RANGE),
        Scalar::Unsigned(_) => Err(RANGE),
        // Within 53 bits a float without a fraction is exactly the integer that it looks like.
        Scalar::Float(value) if value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0 => {
            T::try_from(value as i64).map_err(|_| RANGE)
        }
        Scalar::Float(_) => Err(Unfit("a number with a fraction")),
        other => Err(other.unfit()),
    }
}

fn float(scalar: Scalar<'_>) -> Result<f64, Unfit> {
    match scalar {
        Scalar::Integer(value) => Ok(value as f64),
        Scalar::Unsigned(value) => Ok(value as f64),
        Scalar::Float(value) => Ok(value),
        other => Err(other.unfit()),
    }
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
