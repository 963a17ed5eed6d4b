//! How a picture begins: its outermost element, its name, its language and its styles.

use super::markup::{Markup, put};
use super::sheet;
use super::style::Style;

impl Style<'_> {
    /// Opens a picture: its name is what is read out in its place; under an empty one it is decoration. `view` is its width and
    /// height, `size` pixels high.
    ///
    /// # Source
    /// SVG Accessibility API Mappings 1.0: a `<title>` that is referred to as the name would be read out as the description too.
    pub(super) fn open_svg(
        &self,
        markup: &mut Markup<'_>,
        kind: &'static str,
        view: (f64, f64),
        size: f64,
        name: &str,
        description: &str,
    ) {
        let (width, height) = view;
        put!(
            markup,
            r#"<svg xmlns="http://www.w3.org/2000/svg" class="starwise starwise-$$$" part="$""#,
            self.theme,
            if self.is_animated {
                " starwise-animated starwise-"
            } else {
                " starwise-"
            },
            kind,
            kind
        );
        self.put_language(markup);
        put!(
            markup,
            r#" width="$" height="$" viewBox="0 0 $ $""#,
            size * width / height,
            size,
            width,
            height
        );
        match self.label.unwrap_or(name) {
            "" => put!(markup, r#" aria-hidden="true">"#),
            name => {
                put!(markup, r#" role="img"><title>$</title>"#, name);
                if !description.is_empty() {
                    put!(markup, "<desc>$</desc>", description);
                }
            }
        }
        self.put_styles(markup, &[" picture "]);
    }

    /// Writes the attributes of an HTML picture's outermost element: classes, language, direction.
    pub(super) fn put_root(&self, markup: &mut Markup<'_>, kind: &'static str) {
        put!(
            markup,
            r#" class="starwise starwise-$$$" part="$" dir="$""#,
            self.theme,
            if self.is_animated {
                " starwise-animated starwise-"
            } else {
                " starwise-"
            },
            kind,
            kind,
            if self.is_rtl { "rtl" } else { "ltr" }
        );
        self.put_language(markup);
    }

    fn put_language(&self, markup: &mut Markup<'_>) {
        if let Some(locale) = self.locale {
            put!(markup, r#" lang="$""#, locale);
        }
    }

    /// Writes the `<style>` element, if it is wanted, with the sections that a picture needs.
    pub(super) fn put_styles(&self, markup: &mut Markup<'_>, sections: &[&str]) {
        if !self.has_styles {
            return;
        }
        put!(markup, "<style");
        if let Some(nonce) = self.nonce {
            put!(markup, r#" nonce="$""#, nonce);
        }
        put!(markup, ">");
        markup.put_sheet(sheet::section(" base "));
        for name in sections {
            markup.put_sheet(sheet::section(name));
        }
        put!(markup, "</style>");
    }
}
