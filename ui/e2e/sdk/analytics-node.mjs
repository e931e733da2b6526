// What a server does that uses @segment/analytics-node and has changed nothing but its host.
// The test beside the collecting code runs it and looks at what arrived.
//
//   node analytics-node.mjs HOST KEY
//
// Prints what the SDK reported as an error; ends when everything was delivered or given up.

import { Analytics } from "@segment/analytics-node";

const [host, writeKey] = process.argv.slice(2);
const analytics = new Analytics({ host, writeKey, flushAt: 100, flushInterval: 200 });
analytics.on("error", (error) => console.log(JSON.stringify({ code: error.code })));

const userId = "u1";
const anonymousId = "a1";
analytics.identify({ userId, anonymousId, traits: { plan: "pro" } });
analytics.track({
  userId,
  event: "Inquiry Submitted",
  properties: { form: "contact", revenue: 1200, currency: "JPY" },
});
analytics.page({
  anonymousId,
  name: "料金",
  properties: { url: "https://example.jp/pricing?utm_source=x" },
});
analytics.screen({ anonymousId, name: "Home" });
analytics.group({ userId, groupId: "g1", traits: { name: "Acme" } });
analytics.alias({ userId, previousId: anonymousId });
// The client-side limit does not count what it says it counts: this leaves the SDK.
analytics.track({ userId, event: "Too Large", properties: { text: "x".repeat(100_000) } });
analytics.track({ userId, event: "Old", timestamp: new Date("2020-04-01T00:00:00Z") });
await analytics.closeAndFlush({ timeout: 15_000 });
