import type { ReactElement } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { LanguageProvider } from "../../i18n/LanguageProvider.tsx";
import type { Lang } from "../../i18n/language.ts";

const SCALE = 2; // sharp on slides

/**
 * A drawing as the text of an SVG file. Outside the page nobody knows our tokens, so every
 * var(--token) becomes its value; paper is light whatever the screen is.
 */
export function svgText(drawing: ReactElement, lang: Lang): string {
  const place = document.createElement("div");
  const root = createRoot(place);
  flushSync(() => root.render(<LanguageProvider lang={lang}>{drawing}</LanguageProvider>));
  const svg = place.querySelector("svg");
  if (!svg) throw new Error("the drawing has no svg");
  const value = lightTokens();
  const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
  style.textContent = `text{font-family:${value("--font")};font-size:12px;fill:${value("--g5")}}`;
  svg.prepend(style);
  const text = new XMLSerializer().serializeToString(svg);
  root.unmount();
  return text.replace(/var\((--[\w-]+)\)/g, (_, name: string) => value(name));
}

function lightTokens(): (name: string) => string {
  const page = document.documentElement;
  const theme = page.dataset.theme;
  // Read within one turn: the screen is not drawn in between.
  page.dataset.theme = "light";
  const computed = getComputedStyle(page);
  const cache = new Map<string, string>();
  for (const name of TOKENS) cache.set(name, computed.getPropertyValue(name).trim());
  if (theme === undefined) delete page.dataset.theme;
  else page.dataset.theme = theme;
  return (name) => (cache.get(name) ?? "").replaceAll('"', "'");
}

const TOKENS = [
  ...["paper", "card", "ink", "g1", "g2", "g3", "g4", "g5", "g6", "ai", "ai-1", "ai-2"],
  ...["met", "pace", "behind", "missed", "early", "font"],
].map((name) => `--${name}`);

/** The drawing as a PNG, twice its size. */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * SCALE;
  canvas.height = image.naturalHeight * SCALE;
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas");
  pen.scale(SCALE, SCALE);
  pen.drawImage(image, 0, 0);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no png"))), "image/png"),
  );
}

/** Puts a picture on the clipboard. The promise goes in unresolved: some browsers ask for that. */
export async function copyPicture(svg: string): Promise<void> {
  await navigator.clipboard.write([new ClipboardItem({ "image/png": pngOf(svg) })]);
}

/** Saves a picture as a file. */
export async function savePicture(svg: string, name: string): Promise<void> {
  const url = URL.createObjectURL(await pngOf(svg));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
