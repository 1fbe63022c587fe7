export type {
  Balance,
  Bill,
  Invoice,
  InvoiceForm,
  InvoiceLine,
  InvoiceList,
} from "../generated/documents.ts";
