import { expect, test } from "vitest";
import { parseInvoiceFile } from "../../../src/kinds/invoice/invoice-file.ts";

const portal = [
  "PartnerId,CustomerID,OrderID,SubscriptionID,SyndicationPartnerSubscriptionNumber,OfferID",
  "DurableOfferID,OfferName,SubscriptionStartDate,SubscriptionEndDate,ChargeStartDate,ChargeEndDate",
  "ChargeType,UnitPrice,Quantity,Amount,TotalOtherDiscount,Subtotal,Tax,TotalForCustomer,Currency",
  "CustomerName,MPNID,ResellerMPNID,DomainName,SubscriptionName,SubscriptionDescription",
].join(",");
const row = [
  "p,04F0BC85-36CE-5498-A3EE-81E8CCA2F716,567735045500000001,SampleSub0001AEA",
  "97B75A1F-70EA-542E-A916-A7AB718BD401,x,5fa4f213-638c-5693-ade5-924129d90d90,Office 365 E3",
  '6/2/2024 0:00,6/15/2025 0:00,7/5/2024 0:00,7/14/2024 23:59,Cycle fee,"¥1,150.00",5',
  '"¥5,750.00",¥0.00,"¥5,750.00",¥345.00,"¥6,095.00",¥,Fabrikam,1234567,-1,f.cn,name,text',
].join(",");
const line = {
  ...{ number: 1, form: "license", customerId: "04f0bc85-36ce-5498-a3ee-81e8cca2f716" },
  ...{ customerName: "Fabrikam", subscriptionId: "97b75a1f-70ea-542e-a916-a7ab718bd401" },
  ...{ offerId: "5FA4F213-638C-5693-ADE5-924129D90D90", name: "Office 365 E3" },
  ...{ chargeType: "Cycle fee", from: "2024-07-05", to: "2024-07-14", unitPrice: "1150.00" },
  ...{ quantity: 5, amount: "5750.00", subtotal: "5750.00", tax: "345.00", total: "6095.00" },
  currency: "CNY",
};

test.each([
  ["as 21Vianet's portal spells them", portal],
  ["with underscores, as the older page has them", portal.replaceAll(/([a-z])(?=[A-Z])/g, "$1_")],
])("the columns of licences are read %s", (_, head) => {
  const read = parseInvoiceFile(`${head}\r\n${row}\r\n`, "july.csv");
  expect(read).toEqual({ ok: true, value: { lines: [line] }, diagnostics: [] });
});

test("a file with semicolons is read as well", () => {
  const text = `${portal}\n${row}`.replaceAll(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/g, ";");
  expect(parseInvoiceFile(text, "july.csv")).toMatchObject({ ok: true, value: { lines: [line] } });
});

test("the file of new commerce is read, with US dates and numbers as text", () => {
  const head =
    "CustomerId,ProductId,SkuId,SkuName,ProductName,ChargeType,UnitPrice,Quantity,Subtotal";
  const more = "TaxTotal,Total,Currency,SubscriptionId,ChargeStartDate,ChargeEndDate";
  const last = "EffectiveUnitPrice,BillableQuantity";
  const cells =
    "org:DDE5EE03-A436-589E-BD74-3FDC945BC3EF,SAMPLE0000B3,0001,S,Sample,removeQuantity";
  const text = `${head},${more},${last}\n${cells},30.24,-3,-48.36,0,-48.36,USD,F23B,6/24/2025,7/9/2025,16.12,-3`;
  expect(parseInvoiceFile(text, "june.csv")).toMatchObject({
    value: {
      lines: [
        {
          ...{ form: "one-time", product: "SAMPLE0000B3:0001", quantity: -3, amount: "-48.36" },
          ...{ customerId: "dde5ee03-a436-589e-bd74-3fdc945bc3ef", from: "2025-06-24" },
        },
      ],
    },
  });
});

test.each([
  ["another file", "Offer ID,Price\nx,1\n", 1, "columns of a reconciliation file"],
  ["a broken amount", `${portal}\n${row.replace('"¥5,750.00",¥0.00', "much,0")}`, 2, "no amount"],
  ["a broken date", `${portal}\n${row.replace("7/5/2024 0:00", "soon")}`, 2, "no from"],
  [
    "a broken quantity",
    `${portal}\n${row.replace('"¥1,150.00",5', '"¥1,150.00",some')}`,
    2,
    "quantity",
  ],
])("%s is refused with its line", (_, text, at, message) => {
  expect(parseInvoiceFile(text, "file.csv")).toMatchObject({
    ok: false,
    diagnostics: [
      { code: "invoice/file", message: expect.stringContaining(message), at: { line: at } },
    ],
  });
});
