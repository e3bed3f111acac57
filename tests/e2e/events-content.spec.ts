// An event's content from a vendor: hostile or broken HTML, and reference lists that fail.
import type { Page } from "@playwright/test";
import { SAMPLE } from "./upstreams/jtel.mjs";
import { expect, test } from "./support/test";

const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });

/** jtel's answer about event 7. */
async function answer(page: Page, change: object) {
  const records = [{ ...SAMPLE, ID: 7, ...change }];
  await page.route("**/api/jtel/acd/events/event/7", (route) => route.fulfill({ json: { records, count: 1, status: 200 } }));
}

const xml = (body: string, html = "true") =>
  `<eventData><urls><url><urlPath>javascript:alert(1)</urlPath><displayName>Click</displayName></url></urls><body html="${html}">${body}</body></eventData>`;

test("HTML is sanitised and framed: nothing runs or loads", async ({ signInAs, guard }) => {
  const page = await signInAs("agent");
  const hostile =
    "<p onclick=x() style=color:red>Hello <b>there</b></p><script>document.title='ran'</script><img src=http://tracker.example/x.gif onerror=x()><iframe src=//e></iframe>";
  await answer(page, { CrmURL: "javascript:alert(1)", EventData: xml(hostile.replaceAll("&", "&amp;").replaceAll("<", "&lt;")) });
  await page.goto("/events/7");
  const frame = page.locator('iframe[title="Event body"]');
  await expect(page.frameLocator("iframe").getByText("Hello there")).toBeVisible();
  await expect(frame).toHaveAttribute("sandbox", "allow-popups allow-popups-to-escape-sandbox");
  const source = (await frame.getAttribute("srcdoc")) ?? "";
  for (const word of ["onclick", "style=", "script", "<img", "onerror"]) expect(source).not.toContain(word);
  // Neither address may be followed.
  await expect(page.getByRole("main").locator('a[href^="javascript:"]')).toHaveCount(0);
  await expect(page.getByText("Click", { exact: true })).toBeVisible();
  expect(guard.received.some(({ url }) => url.endsWith("/api/clean-html"))).toBe(true);
});

test("the body follows the theme, and its frame is as high as its text", async ({ signInAs }) => {
  const page = await signInAs("agent");
  await page.evaluate(() => localStorage.setItem("trunkline.theme", "dark"));
  await answer(page, { EventData: xml("&lt;p&gt;Two words&lt;/p&gt;") });
  await page.goto("/events/7");
  const frame = page.locator('iframe[title="Event body"]');
  await expect(page.frameLocator("iframe").getByText("Two words")).toBeVisible();
  expect(await page.frameLocator("iframe").locator("p").evaluate((body) => getComputedStyle(body).color)).toBe("rgb(255, 255, 255)");
  const low = (await frame.boundingBox())?.height ?? 0;
  await answer(page, { EventData: xml("&lt;p&gt;line&lt;/p&gt;".repeat(12)) });
  await page.goto("/events/7");
  await expect(page.frameLocator("iframe").getByText("line").first()).toBeVisible();
  expect((await frame.boundingBox())?.height).toBeGreaterThan(2 * low);
});

test("plain text stays text, and invalid XML is shown as received", async ({ signInAs }) => {
  const page = await signInAs("agent");
  await answer(page, { EventData: xml("1 &lt; 2", "false") });
  await page.goto("/events/7");
  await expect(page.getByText("1 < 2", { exact: true })).toBeVisible();
  await expect(page.locator("iframe")).toHaveCount(0);

  await answer(page, { EventData: `<?xml version="1.0" encoding="UTF-8"?>\n${xml("declared", "false")}\n` });
  await page.goto("/events/7");
  await expect(page.getByText("declared", { exact: true })).toBeVisible();

  await answer(page, { EventData: "<eventData><body>cut off", Subject: null });
  await page.goto("/events/7");
  await expect(page.getByRole("heading", { level: 1, name: "7", exact: true })).toBeVisible();
  await expect(page.getByText("not valid XML")).toBeVisible();
  await expect(page.getByText("<eventData><body>cut off", { exact: true })).toBeVisible();
});

test("without reference lists, numbers are typed and the event is still created", async ({ signInAs, guard }) => {
  guard.allow(/status of 500/);
  const page = await signInAs("agent");
  for (const list of ["acd/events/types", "acd/groups", "users"]) {
    await page.route(`**/api/jtel/${list}`, (route) => route.fulfill({ status: 500, json: { status: 500, error: "down" } }));
  }
  await page.goto("/events/new");
  await expect(field(page, "Group")).toHaveAccessibleDescription(/could not be loaded/);
  await field(page, "Type").fill("three");
  await field(page, "Group").fill("235");
  await field(page, "User").fill("3");
  await field(page, "Sender").fill("info@example.com");
  await field(page, "Subject").fill("Typed numbers");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(field(page, "Type")).toHaveAttribute("aria-invalid", "true");
  await field(page, "Type").fill("6");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Typed numbers" })).toBeVisible();
});

test("a refusal shows the vendor's words and keeps the input; a failed list has Retry", async ({ signInAs, guard }) => {
  guard.allow(/status of (400|500)/);
  const page = await signInAs("agent");
  await page.route("**/api/jtel/acd/events/create", (route) =>
    route.fulfill({ status: 400, json: { status: 400, error: "Parameter Receiver is not a service number" } }),
  );
  await page.goto("/events/new?type=6&group=235");
  await field(page, "Sender").fill("info@example.com");
  await field(page, "Subject").fill("Kept");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Parameter Receiver is not a service number");
  await expect(field(page, "Receiver")).toHaveAttribute("aria-invalid", "true");
  await expect(field(page, "Subject")).toHaveValue("Kept");

  page.once("dialog", (dialog) => void dialog.accept());
  await page.route("**/api/jtel/acd/events", (route) => route.fulfill({ status: 500, json: { status: 500, error: "down" } }));
  await page.goto("/events");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("jtel");
  await page.unroute("**/api/jtel/acd/events");
  await page.getByRole("button", { name: "Retry" }).click();
  await expect(page.getByRole("table", { name: "ACD events" })).toHaveAttribute("aria-rowcount", "401");
});

test.describe("with an upstream", () => {
  test.use({ vendors: "upstream" });

  test("the documented request is sent with the operator's token", async ({ signInAs, upstreams }) => {
    const page = await signInAs("agent", "/events");
    await expect(page.getByRole("link", { name: SAMPLE.Subject, exact: true })).toBeVisible();
    await page.getByRole("link", { name: "New event" }).click();
    await field(page, "Type").selectOption({ label: "Callback" });
    await field(page, "Group").selectOption({ label: "Support" });
    await field(page, "Sender").fill("+49 199 123456789");
    await field(page, "Receiver").fill("+49 (1990) 0112233");
    await field(page, "Subject").fill("Callback request from 49199123456789 on 2020.08.09 at 09:00");
    await field(page, "Body").fill(
      "This is an automatically generated callback request via the REST API.\nCongratulations!\n",
    );
    await field(page, "CRM URL").fill("https://www.jtel.de");
    await field(page, "User data").fill("987654");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page).toHaveURL(/\/events\/2040$/);
    await expect(page.frameLocator("iframe").getByText("Congratulations!")).toBeVisible();
    expect(upstreams.jtel.last("POST", "/acd/events/create")).toMatchObject({
      path: "/rest/v1.0/1/acd/events/create",
      headers: { authorization: expect.stringMatching(/^Bearer \S+/) },
      json: {
        AcdEventTypesID: 3,
        AcdGroupsID: 235,
        UsersID: null,
        Sender: "49199123456789",
        Receiver: "4919900112233",
        Subject: "Callback request from 49199123456789 on 2020.08.09 at 09:00",
        Body: "This is an automatically generated callback request via the REST API.\r\nCongratulations!\r\n",
        CrmURL: "https://www.jtel.de",
        UserData: "987654",
      },
    });
  });
});
