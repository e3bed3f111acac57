// 500 tickets of 20 languages and scripts, with all that people and attackers write: in list and pane everything is shown
// as it was written, nothing is run, nothing sticks out.
import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";
import { ticket } from "./upstreams/oneview.mjs";

/** Name, subject and message in 20 languages. */
const LANGUAGES: [string, string, string, string, string][] = [
  ["en", "Ada", "King", "Wrong address", "It went to my old flat."],
  ["de", "Jörg", "Größer", "Falsche Straße", "Bitte an die Weißenburger Straße 3a liefern."],
  ["fr", "Théo", "d’Aubigny", "Où est ma commande ?", "Le remboursement n’est « toujours » pas arrivé…"],
  ["es", "Íñigo", "Muñoz", "¿Dónde está?", "¡No funciona! ¿Pueden llamarme mañana?"],
  ["pt", "João", "Gonçalves", "Devolução", "Não recebi a devolução até agora."],
  ["pl", "Łucja", "Żółć", "Zażółć gęślą jaźń", "Proszę o telefon w sprawie zwrotu."],
  ["cs", "Jiří", "Dvořák", "Příliš žluťoučký", "Kůň úpěl ďábelské ódy."],
  ["tr", "İpek", "Iğdır", "İade", "Ürün kırık geldi, lütfen arayın."],
  ["vi", "Nguyễn", "Thị Ánh", "Đổi địa chỉ", "Tôi muốn đổi địa chỉ giao hàng."],
  ["el", "Οδυσσέας", "Παπαδόπουλος", "Επιστροφή", "Θέλω τα χρήματά μου πίσω."],
  ["ru", "Юлия", "Щербакова", "Возврат", "Посылка не пришла, перезвоните, пожалуйста."],
  ["uk", "Ґанна", "Їжак", "Повернення", "Прошу зателефонувати щодо повернення."],
  ["he", "נועה", "לוי-כהן", "החזר כספי", "אני רוצה החזר: 12.50 ₪ (הזמנה #7)."],
  ["ar", "فاطمة", "الزهراء", "استرجاع المبلغ", "لم تصل الشحنة رقم 42 بعد، يرجى الاتصال."],
  ["fa", "پرویز", "گلستانی", "بازپرداخت", "لطفاً با من تماس بگیرید؛ بسته نرسیده‌است."],
  ["hi", "श्रीकृष्ण", "त्रिपाठी", "धनवापसी", "कृपया मुझे वापस कॉल करें, क्षतिग्रस्त सामान मिला।"],
  ["th", "ณัฐวุฒิ", "ศรีสุข", "ขอคืนเงิน", "สินค้าเสียหายกรุณาโทรกลับด้วยครับ"],
  ["zh", "王", "小明", "退款", "包裹还没有到,请给我回电话。"],
  ["ja", "さくら", "髙橋", "返金について", "荷物がまだ届いていません。折り返しお電話ください。"],
  ["ko", "김", "민준", "환불 요청", "택배가 아직 도착하지 않았습니다. 전화 부탁드립니다."],
];
/** What may be in a message besides its words. */
const ODD: ((text: string) => string)[] = [
  (text) => text,
  (text) => `👩🏽‍🔧👨‍👩‍👧‍👦🏳️‍🌈 ${text} 🇩🇪`,
  (text) => `<img src=x onerror="window.ran=1"><script>window.ran=1</script><b>${text}</b>`,
  (text) => `{"note": {"text": ${JSON.stringify(text)}, "html": "</div><iframe src='javascript:window.ran=1'>"}}`,
  (text) => `${text} ${"Donaudampfschifffahrtsgesellschaftskapitän".repeat(12)}`,
  (text) => `${text}\n`.repeat(Math.ceil(20_000 / (text.length + 1))).slice(0, 20_000),
  (text) => `\u202e${text}\u202c [link](javascript:window.ran=1) {{7*7}} &lt;&amp; %3Cscript%3E`,
];
const NUMBER = 500;
const tickets = Array.from({ length: NUMBER }, (_, at) => {
  const [language, firstName, lastName, subject, words] = LANGUAGES[at % LANGUAGES.length]!;
  // The first of each language have every oddity in turn.
  const lastMessage = ODD[Math.floor(at / LANGUAGES.length + at) % ODD.length]!(words);
  return ticket({
    id: `s${at}`, priority: 1 + (at % 5), queue: language, createdAt: 1_600_000_000 + at, assignedTime: 1_600_000_000 + at,
    content: { subject, lastMessage, language, unread: at % 3 }, customer: { id: `c${at}`, firstName, lastName },
  });
});

/** True if something that was in a ticket has run. */
const hasRun = (page: Page) => page.evaluate(() => "ran" in window);
const sticksOut = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

test.use({ vendors: "upstream" });
test.beforeEach(({ upstreams }) => {
  test.slow();
  upstreams.oneview.tickets.splice(0, upstreams.oneview.tickets.length, ...tickets);
});

test("the list shows every name as it was written", async ({ signInAs }) => {
  const page = await signInAs("agent", "/inbox");
  const table = page.getByRole("table", { name: "Inbox" });
  await expect(table).toHaveAttribute("aria-rowcount", String(NUMBER + 1));
  const names = new Set(LANGUAGES.map(([, first, last]) => `${first} ${last}`));
  const links = table.getByRole("rowheader").getByRole("link");
  await expect(links.first()).toBeVisible();
  for (const name of await links.allInnerTexts()) expect(names).toContain(name.trim());
  expect(await sticksOut(page)).toBeLessThanOrEqual(0);
  expect(await hasRun(page)).toBe(false);
});

for (const width of [1280, 390]) {
  test(`at ${width} px the pane shows every message whole, as text`, async ({ signInAs, page }) => {
    await page.setViewportSize({ width, height: 800 });
    await signInAs("agent", "/inbox/s0");
    const pane = page.getByRole("region", { name: "Ticket", exact: true });
    // Every language, and every oddity at least twice.
    for (let at = 0; at < LANGUAGES.length; at += 1) {
      const { content, customer } = tickets[at]!;
      const { subject, lastMessage } = content as { subject: string; lastMessage: string };
      if (at > 0) await page.evaluate((id) => { history.pushState(null, "", `/inbox/${id}`); dispatchEvent(new PopStateEvent("popstate")); }, `s${at}`);
      await expect(pane.getByRole("heading", { level: 2 })).toHaveText(`${customer.firstName} ${customer.lastName}`);
      await expect(pane.getByRole("heading", { level: 3, name: subject, exact: true })).toBeVisible();
      expect(await pane.locator(".message-text").textContent()).toBe(lastMessage);
      expect(await pane.locator("img, script, iframe, b").count()).toBe(0);
      expect(await pane.evaluate((element) => element.scrollWidth - element.clientWidth), `s${at}`).toBeLessThanOrEqual(0);
      expect(await sticksOut(page), `s${at}`).toBeLessThanOrEqual(0);
    }
    expect(await hasRun(page)).toBe(false);
  });
}

test.describe("in desktop notifications", () => {
  test.use({ settings: { toml: "[live]\ntickets_seconds = 1" } });

  test("name and reason are cut between whole characters, and nothing is run", async ({ signInAs, page, context, upstreams }) => {
    await context.addInitScript(() => {
      const shown: { title: string; body: string }[] = [];
      class Fake {
        static permission = "granted";
        static requestPermission = async () => "granted";
        constructor(title: string, { body }: { body: string }) {
          shown.push({ title, body });
        }
        close() {}
      }
      Object.assign(window, { Notification: Fake, shown });
    });
    upstreams.oneview.tickets.splice(1);
    await signInAs("agent", "/settings");
    await page.getByRole("checkbox", { name: "Desktop notifications", exact: true }).check();
    await expect.poll(() => page.evaluate(() => Object.keys(localStorage).some((key) => /^trunkline\.watch\.[\w-]{8}$/.test(key)))).toBe(true);
    // Somebody else's window has the focus.
    await page.evaluate(() => Object.defineProperty(document, "hasFocus", { value: () => false }));
    const shown = () => page.evaluate(() => (window as unknown as { shown: { title: string; body: string }[] }).shown);
    const segments = (text: string) => [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text)].map(({ segment }) => segment);
    /** A text is whole, or cut after whole characters with an ellipsis. */
    const isCut = (text: string, whole: string, most: number) => {
      if (text === whole) return segments(whole).length <= most;
      const kept = segments(text.slice(0, -1));
      return text.endsWith("…") && kept.length <= most && kept.join("") === segments(whole).slice(0, kept.length).join("");
    };
    for (const [at, [language, firstName, lastName, subject, words]] of LANGUAGES.entries()) {
      const odd = ODD[at % ODD.length]!(words).replaceAll("\n", " ");
      const customer = { id: `n${at}`, firstName, lastName: `${lastName} ${odd}` };
      upstreams.oneview.arrive({ id: `n${at}`, queue: language, metadata: { ccr: `${subject} ${odd}` }, customer });
      await expect.poll(async () => (await shown()).length, { timeout: 20_000 }).toBe(at + 1);
      const { title, body } = (await shown())[at]!;
      const name = title.replace(/^New ticket: /, "").replace(/[\u2066-\u2069]/g, "");
      expect(isCut(name, `${firstName} ${lastName} ${odd}`, 60), `${title}\n${firstName} ${lastName} ${odd}`).toBe(true);
      expect(isCut(body, `${subject} ${odd} · ${language}`, 120), body).toBe(true);
      // The next one is told by itself, not together with those of before.
      for (const close of await page.locator(".toast").getByRole("button").all()) await close.click();
    }
    expect(await page.locator(".toast :is(img, script, b, iframe)").count()).toBe(0);
    expect(await hasRun(page)).toBe(false);
  });
});
