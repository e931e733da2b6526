import { beforeEach, expect, it } from "vitest";
import { takeToken } from "./linkToken.ts";
import { elsewhere } from "./SignInPage.tsx";

beforeEach(() => {
  sessionStorage.clear();
  history.replaceState(null, "", "/enter");
});

it("takes the secret out of the address, and knows it after a reload", () => {
  history.replaceState(null, "", "/enter#secret");
  expect(takeToken("kept")).toBe("secret");
  expect(location.hash).toBe("");
  expect(location.pathname).toBe("/enter");
  expect(takeToken("kept")).toBe("secret");
  expect(takeToken("of another page")).toBe("");
});

it("takes a newer link in the place of an older", () => {
  history.replaceState(null, "", "/enter#first");
  takeToken("kept");
  history.replaceState(null, "", "/enter#second");
  expect(takeToken("kept")).toBe("second");
});

it("leads back to where one wanted to go", () => {
  expect(elsewhere(undefined)).toBe("/oidc/start?next=%2F");
  expect(elsewhere("/w/a/map?open=ctr&tab=x")).toBe(
    "/oidc/start?next=%2Fw%2Fa%2Fmap%3Fopen%3Dctr%26tab%3Dx",
  );
});
