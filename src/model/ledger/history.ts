export type {
  Attestation,
  ChangeDone,
  Explanation,
  Maintenance,
  OfferRow,
  RunRecord,
  Verification,
  WaitingCredential,
} from "../generated/documents.ts";
