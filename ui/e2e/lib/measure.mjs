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
          // A sheet, and a search that is being used, lie over their bar on purpose.
          one.checkVisibility() && one !== document.activeElement && !one.closest("[role=dialog]"),
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
    // Where one scrolls sideways on purpose, the keyboard can too. The map is moved about by hand.
    const sideways =
      '[tabindex="0"], nav > ul, search, [role=tablist], .cm-scroller, [role=group][aria-describedby]';
    const mayReach = (element) => {
      for (let at = element; at && at !== document.body; at = at.parentElement) {
        const { overflowX, textOverflow, clipPath, position } = getComputedStyle(at);
        if (/auto|scroll|hidden/.test(overflowX) && at.matches(sideways)) return true;
        // Cut with … or read aloud only.
        if (overflowX === "hidden" && textOverflow === "ellipsis") return true;
        if (position === "absolute" && clipPath !== "none") return true;
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
