// A form of ours in a page of another website, in a real browser: it takes the room it needs,
// tells what is wrong in place, is sent in, and the website learns that it was. Elsewhere it
// does not open.

import { createServer } from "node:http";
import { violations } from "../lib/axe.mjs";
import { check, equal, eventually } from "../lib/expect.mjs";

const QUESTIONS = [
  { key: "mail", kind: "email", label: "メールアドレス", required: true, to: "address" },
  { key: "size", kind: "one", label: "社員の人数", options: ["1〜9名", "10名以上"], counted: true },
  { key: "score", kind: "nps", label: "すすめたいと思いますか", counted: true },
];

async function newForm(page, base, sites) {
  const api = `${base}/api/workspaces/hinata/forms`;
  const headers = { origin: base };
  const made = await page.request.post(api, {
    headers,
    data: {
      name: "見本のフォーム",
      definition: { kind: "inquiry", title: "ご相談", questions: QUESTIONS, sites },
    },
  });
  equal(made.status(), 201, "status of the new form");
  const { id } = await made.json();
  const opened = await page.request.put(`${api}/${id}/open`, { headers, data: { open: true } });
  equal(opened.status(), 200, "status of opening it");
  return { id, submissions: `${api}/${id}/submissions` };
}

async function site(html) {
  const server = createServer((request, response) => {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(request.url === "/" ? html() : "<!doctype html><title>何もない</title>");
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    host: `127.0.0.1:${server.address().port}`,
    close: () => server.closeAllConnections() ?? server.close(),
  };
}

export const tests = [
  {
    name: "a form in a page of another website is filled in and sent",
    async run({ page, base, allow, allowOrigin }) {
      let html = "";
      const other = await site(() => html);
      try {
        allowOrigin(`http://${other.host}`);
        allow(404); // the icon nobody has
        allow(422);
        const { id, submissions } = await newForm(page, base, [other.host]);
        html = `<!doctype html><meta charset="utf-8"><title>会社</title><link rel="icon" href="data:,">
<div data-shirube-form="${id}"></div><p id="after">つづき</p>
<script>addEventListener("shirube:sent",(e)=>{window.told=e.detail.form})</script>
<script async src="${base}/forms.js"></script>`;
        await page.goto(`http://${other.host}/`);
        const frame = page.frameLocator("[data-shirube-form] iframe");
        await frame.getByRole("heading", { name: "ご相談" }).waitFor();
        await eventually(async () => {
          const box = await page.locator("[data-shirube-form] iframe").boundingBox();
          const needed = await frame.locator("main").evaluate((main) => main.scrollHeight);
          return Math.abs(box.height - needed) <= 2;
        });
        await frame.getByLabel("メールアドレス").fill("ann");
        await frame.getByRole("button", { name: "送信する" }).click();
        await frame.getByText("メールアドレスをお確かめください。").waitFor();
        await frame.getByLabel("メールアドレス").fill("ann@example.jp");
        await frame.getByLabel("10名以上").check();
        await frame.getByText("9", { exact: true }).click();
        await frame.getByRole("button", { name: "送信する" }).click();
        await frame.getByRole("heading", { name: "送信しました" }).waitFor();
        equal(await page.evaluate(() => window.told), id, "what the website learned");
        const sent = await (await page.request.get(submissions)).json();
        equal(sent.submissions.length, 1, "submissions");
        equal(sent.submissions[0].answers.score[0], "9", "the answer");
        equal(sent.submissions[0].page, `http://${other.host}/`, "the page it stood in");
      } finally {
        other.close();
      }
    },
  },
  ...["light", "dark"].map((theme) => ({
    name: `a form's own page is readable for everybody (${theme})`,
    look: { theme, size: theme === "dark" ? "phone" : "wide" },
    async run({ page, base, shot }) {
      const { id } = await newForm(page, base, []);
      await page.goto(`${base}/f/${id}`);
      await page.getByRole("heading", { name: "ご相談" }).waitFor();
      const found = await violations(page);
      check(found.length === 0, `axe: ${JSON.stringify(found)}`);
      await shot("form-page");
    },
  })),
];
