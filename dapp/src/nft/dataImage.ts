const IMAGE_TYPE = /^image\/(?:a?png|jpe?g|gif|webp|avif|bmp|svg\+xml)$/;
const HEAD = /^data:([^,;]{0,128})([^,]{0,128}),/i;
const SVG_START =
  /^(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--(?:[^-]|-[^-]){0,400}-->\s*){0,4}(?:<!DOCTYPE\s+svg[^>[]{0,300}>\s*)?(?:<!--(?:[^-]|-[^-]){0,400}-->\s*){0,4}<svg[\s>]/i;

/**
 * A data: URI, or raw SVG text, as an <img> shows it; null for anything else. Strangers write bare
 * hash signs and line feeds, which end the address or vanish, and base64 that browsers refuse.
 */
export function dataImage(text: string): string | null {
  if (SVG_START.test(text)) return `data:image/svg+xml,${encodeURIComponent(text)}`;
  const [head = '', name = '', parameters = ''] = HEAD.exec(text) ?? [];
  const type = name.trim().toLowerCase();
  const body = text.slice(head.length);
  if (!IMAGE_TYPE.test(type) || body === '') return null;
  if (!/;\s*base64\s*(?:;|$)/i.test(parameters))
    return head + body.replace(/[#\t\n\r]/g, encodeURIComponent);
  const standard = toBase64(body);
  if (standard === body && /base64,$/i.test(head)) return text;
  return standard === null ? null : `data:${type};base64,${standard}`;
}

/** Standard and padded, from URL-safe, unpadded, broken into lines, percent-encoded. */
function toBase64(text: string): string | null {
  const digits = text.replace(/%(?:2B|2F|3D|0A|0D|20)/gi, decodeURIComponent);
  const compact = digits.replace(/[ \t\r\n]/g, '').replace(/=+$/, '');
  const standard = compact.replaceAll('-', '+').replaceAll('_', '/');
  if (!/^[A-Za-z0-9+/]+$/.test(standard) || standard.length % 4 === 1) return null;
  return standard.padEnd(Math.ceil(standard.length / 4) * 4, '=');
}
