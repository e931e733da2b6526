// What the eye sees and a program can measure: jumping and sticking out.

/** How much moved without being asked, and what. */
export async function shifts(page) {
  const { sum, from } = await page.evaluate(() => window.__shift);
  return { sum, from: [...new Set(from)] };
}

/** Controls of one bar that lie on top of each other. */
export function overlaps(page) {
  return page.evaluate(() => {
    const found = [];
    for (const bar of document.querySelectorAll("header, footer")) {
      const controls = [...bar.querySelectorAll("button, a, input, select")].filter(
        (one) =>
          // A search that is being used lays itself over its bar on purpose.
          one.checkVisibility() && one !== document.activeElement,
      );
      const boxes = controls.map((one) => one.getBoundingClientRect());
      const name = (one) => one.getAttribute("aria-label") || one.textContent.trim();
      for (let i = 0; i < boxes.length; i++)
        for (let j = i + 1; j < boxes.length; j++) {
          const [a, b] = [boxes[i], boxes[j]];
          const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
          const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
          if (wide > 2 && high > 2 && !controls[i].contains(controls[j]))
            found.push(`${name(controls[i])} and ${name(controls[j])} overlap by ${wide} px`);
        }
    }
    return found;
  });
}

/** Texts and controls that stick out at the right, where their box is not there to be scrolled. */
export function leftOut(page) {
  return page.evaluate(() => {
    const width = window.innerWidth;
    const mayReach = (element) => {
      for (let at = element; at && at !== document.body; at = at.parentElement) {
        const { overflowX, clipPath, position } = getComputedStyle(at);
        if (/auto|scroll/.test(overflowX)) return true;
        // Read aloud only, or the map, which is moved about by hand.
        if (position === "absolute" && clipPath !== "none") return true;
        if (at.matches('[role="group"][aria-describedby]')) return true;
      }
      return false;
    };
    const speaks = (element) =>
      element.matches("button, a, input, select, textarea") ||
      [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim(),
      );
    const found = [];
    const whole = document.documentElement.scrollWidth;
    if (whole > width) found.push(`the page is ${whole} px wide, the screen ${width}`);
    for (const element of document.querySelectorAll("body *")) {
      if (!speaks(element) || !element.checkVisibility()) continue;
      const box = element.getBoundingClientRect();
      if (box.width <= 1 || box.right <= width + 1 || box.left >= width) continue;
      if (!mayReach(element))
        found.push(`${element.className || element.tagName}: ${element.textContent.slice(0, 30)}`);
    }
    return found;
  });
}
