export interface Size {
  width: number;
  height: number;
}

const LEAST = 2.5;
const MOST = 8;

/**
 * How many times its frame a picture is drawn when enlarged, so that each of its pixels is one of the
 * screen: at least 2.5, so that a small one grows too; at most 8.
 */
export function zoomFactor(picture: Size, frame: Size, pixelRatio: number): number {
  const scale = Math.min(frame.width / picture.width, frame.height / picture.height);
  const shown = picture.width * scale * pixelRatio;
  const factor = picture.width / shown;
  return Number.isFinite(factor) ? Math.min(Math.max(factor, LEAST), MOST) : LEAST;
}
