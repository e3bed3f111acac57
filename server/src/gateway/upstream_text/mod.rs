//! Normalises an upstream's body before anyone reads it: the result is UTF-8, and if it is JSON, every decoder accepts
//! it.
//!
//! 1. [`coding`] decodes the content coding, even one that the request did not accept;
//! 2. [`charset`] converts the text to UTF-8 and drops its byte order mark;
//! 3. [`surrogates`] replaces escapes of lone surrogates by U+FFFD.
//!
//! Everything else stays as sent, numbers too. The body is streamed in chunks; plain UTF-8 is checked and passed on
//! without a copy.

mod charset;
mod coding;
mod surrogates;

use bytes::Bytes;
use reqwest::Response;

use charset::ToUtf8;
pub use coding::BodyError;
use coding::ContentDecoder;
use surrogates::SurrogateRepair;

/// Reads an upstream's body as text.
pub struct TextBody {
    decoded: ContentDecoder,
    to_utf8: ToUtf8,
    mend: SurrogateRepair,
    ended: bool,
}

impl TextBody {
    /// Wraps a response.
    pub fn new(response: Response) -> Self {
        let to_utf8 = ToUtf8::new(response.headers());
        Self { decoded: ContentDecoder::new(response), to_utf8, mend: SurrogateRepair::default(), ended: false }
    }

    /// Reads the next chunk of text, never empty; `None` at the end.
    ///
    /// # Errors
    /// [`BodyError`].
    pub async fn next(&mut self) -> Result<Option<Bytes>, BodyError> {
        while !self.ended {
            let piece = self.decoded.next().await?;
            self.ended = piece.is_none();
            let text = self.to_utf8.push(piece.unwrap_or_default(), self.ended);
            let text = self.mend.push(text, self.ended);
            if !text.is_empty() {
                return Ok(Some(text));
            }
        }
        Ok(None)
    }
}
