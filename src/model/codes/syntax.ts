import { say } from "../text/phrase.ts";
import { describeCodes } from "./code-text.ts";

/** Codes of a document's form: its YAML and its schema. */
export const syntaxCodes = describeCodes({
  "schema/any-of": {
    means: say`A value has none of the forms that the schema allows.`,
  },
  "schema/api-version": {
    means: say`\`apiVersion\` names a version that this tool does not know.`,
  },
  "schema/const": {
    means: say`A field has only one possible value, and it is another one.`,
  },
  "schema/enum": {
    means: say`A value is not in the list of allowed values.`,
  },
  "schema/field-name": {
    means: say`A field's name has a form that is not allowed there.`,
  },
  "schema/format": {
    means: say`A value does not have the expected format, such as a date or an e-mail address.`,
  },
  "schema/invalid": {
    means: say`A document breaks a rule of its schema.`,
    hint: say`\`partnerctl explain KIND\` shows the schema.`,
  },
  "schema/max-fields": {
    means: say`A mapping has too many fields.`,
  },
  "schema/max-items": {
    means: say`A list has too many items.`,
  },
  "schema/max-length": {
    means: say`A text is too long.`,
  },
  "schema/maximum": {
    means: say`A number is too large.`,
  },
  "schema/min-fields": {
    means: say`A mapping has too few fields.`,
  },
  "schema/min-items": {
    means: say`A list has too few items.`,
  },
  "schema/min-length": {
    means: say`A text is too short.`,
  },
  "schema/minimum": {
    means: say`A number is too small.`,
  },
  "schema/not-allowed": {
    means: say`A field must not be written here, given the others.`,
    hint: say`Remove it.`,
  },
  "schema/not-declared": {
    means: say`A manifest declares a kind that is only read from the account.`,
    hint: say`Remove the document.`,
  },
  "schema/pattern": {
    means: say`A text is not written in the expected form.`,
  },
  "schema/required": {
    means: say`A field that the document needs is missing.`,
    hint: say`Add it.`,
  },
  "schema/type": {
    means: say`A value has another type than the schema asks for.`,
  },
  "schema/unique-items": {
    means: say`A list holds the same item twice.`,
    hint: say`Remove one of them.`,
  },
  "schema/unknown-field": {
    means: say`A field is not in the schema.`,
    hint: say`\`partnerctl explain KIND\` lists the fields.`,
  },
  "schema/unknown-kind": {
    means: say`A document's kind is unknown.`,
    hint: say`\`partnerctl explain\` lists the kinds.`,
  },
  "schema/variable": {
    means: say`A manifest holds a variable such as \${NAME}; nothing replaces it.`,
    hint: say`Write the value itself; an overlay holds what differs by environment.`,
  },
  "syntax/alias": {
    means: say`A YAML alias is not written as one, or would contain itself.`,
  },
  "syntax/alias-limit": {
    means: say`YAML aliases would copy more values than are allowed.`,
    hint: say`Write the values out, or use fewer aliases.`,
  },
  "syntax/anchor": {
    means: say`A value has two YAML anchors.`,
    hint: say`Keep one.`,
  },
  "syntax/bracket": {
    means: say`A bracket is not closed.`,
    hint: say`Add the missing ] or }.`,
  },
  "syntax/character": {
    means: say`A file holds a character that YAML does not allow.`,
    hint: say`Remove it, or write it as an escape in double quotes.`,
  },
  "syntax/colon": {
    means: say`A field's name is not followed by a colon and a value.`,
  },
  "syntax/comment": {
    means: say`A comment has no space before its #.`,
    hint: say`Put a space before #, or the text in quotes.`,
  },
  "syntax/depth": {
    means: say`A document is nested too deeply.`,
  },
  "syntax/directive": {
    means: say`A YAML directive is not supported.`,
    hint: say`Remove the line that starts with %.`,
  },
  "syntax/documents": {
    means: say`A file has too many documents.`,
    hint: say`Split it into several files.`,
  },
  "syntax/duplicate-key": {
    means: say`A mapping has the same field twice.`,
    hint: say`Remove one of them.`,
  },
  "syntax/encoding": {
    means: say`A file is not UTF-8 text.`,
    hint: say`Save it as UTF-8.`,
  },
  "syntax/escape": {
    means: say`An escape in double quotes has no meaning.`,
    hint: say`Write \\\\ for a backslash, or use single quotes.`,
  },
  "syntax/file-size": {
    means: say`A file is larger than this tool reads.`,
    hint: say`Split it into several files.`,
  },
  "syntax/flow": {
    means: say`Indented fields stand inside [ ] or { }.`,
    hint: say`Close the bracket first, or write all of it in brackets.`,
  },
  "syntax/indentation": {
    means: say`A line is not indented like the lines around it.`,
  },
  "syntax/key": {
    means: say`A field's name is not a short text on one line.`,
  },
  "syntax/look-alike": {
    means: say`A character looks like one of YAML, and is another one.`,
    hint: say`Type the plain character in its place.`,
  },
  "syntax/merge": {
    means: say`A file holds a mark of an undecided git merge.`,
    hint: say`Decide the merge.`,
  },
  "syntax/merge-key": {
    means: say`YAML merge keys (<<) are not supported.`,
    hint: say`Write the fields out.`,
  },
  "syntax/missing": {
    means: say`A quote, comma, colon, space or bracket is missing.`,
  },
  "syntax/nested": {
    means: say`A field starts inside another field's line.`,
    hint: say`Put text that holds a colon and a space in quotes.`,
  },
  "syntax/null": {
    means: say`A document or a list item is empty.`,
    hint: say`Write a value, or remove it.`,
  },
  "syntax/number": {
    means: say`A number has more digits than can be kept exactly.`,
    hint: say`Put it in quotes.`,
  },
  "syntax/order": {
    means: say`A YAML tag or anchor stands in the wrong place.`,
    hint: say`Remove it.`,
  },
  "syntax/quote": {
    means: say`A quoted text is not closed.`,
    hint: say`Add the missing quote.`,
  },
  "syntax/quotes": {
    means: say`A plain text starts with a character that needs quotes.`,
    hint: say`Put the text in quotes.`,
  },
  "syntax/tab": {
    means: say`A tab is used for indentation.`,
    hint: say`Indent with spaces.`,
  },
  "syntax/tag": {
    means: say`A YAML tag is not supported.`,
    hint: say`Remove it; text that starts with ! goes in quotes.`,
  },
  "syntax/unexpected": {
    means: say`A part of a file cannot be read as YAML.`,
    hint: say`Look for a missing quote, bracket or comma, or a wrong indentation.`,
  },
});
