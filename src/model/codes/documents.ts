import { say } from "../text/phrase.ts";
import { describeCodes } from "./code-text.ts";

/** Codes of files and the documents in them: reading, syntax, schemas, names and references. */
export const documentCodes = describeCodes({
  "file/broken-link": {
    means: say`A link leads to a file that does not exist, so manifests may be missing.`,
    hint: say`Remove the link, or restore the file it leads to.`,
  },
  "file/case": {
    means: say`Two files have names that differ only in letter case; Windows and macOS keep one.`,
    hint: say`Rename one of them.`,
  },
  "file/changed": {
    means: say`A file was changed by somebody else while the tool worked on it.`,
    hint: say`Run the command again.`,
  },
  "file/encoding": {
    means: say`A file is not UTF-8 text.`,
    hint: say`Save it as UTF-8.`,
  },
  "file/hidden": {
    means: say`A link in the manifests leads to a place that is not searched for manifests.`,
    hint: say`Remove the link, or move the file.`,
  },
  "file/link": {
    means: say`A link in a git revision is not followed.`,
    hint: say`Commit the file itself instead of a link to it.`,
  },
  "file/missing": {
    means: say`A file or folder that was named does not exist.`,
    hint: say`Correct the path.`,
  },
  "file/name": {
    means: say`A file's name holds a character that cannot be shown or stored everywhere.`,
    hint: say`Rename it with letters, digits, spaces and punctuation.`,
  },
  "file/not-checked-out": {
    means: say`Git tracks manifests that are not in the working tree, so not all are read.`,
    hint: say`Check out all manifests.`,
  },
  "file/not-regular": {
    means: say`A path leads to a pipe, a device or a socket instead of a file.`,
    hint: say`Write what it holds to a file first.`,
  },
  "file/outside": {
    means: say`A path leads out of the project's folder; nothing is read from there.`,
    hint: say`Copy the file into the project.`,
  },
  "file/passed-over": {
    means: say`A file or folder holds manifests but is not read because of its name.`,
    hint: say`Give it a name that ends in .yaml or .yml, outside hidden folders.`,
  },
  "file/refused": {
    means: say`The system refused to read or write a file.`,
    hint: say`Correct its permissions, its place or the disk.`,
  },
  "file/too-large": {
    means: say`A file is larger than this tool reads.`,
    hint: say`Split it into several files.`,
  },
  "file/unreadable": {
    means: say`The system refuses to read a file.`,
    hint: say`Check its permissions.`,
  },
  "file/windows-name": {
    means: say`Windows cannot store a file with this name.`,
    hint: say`Rename it.`,
  },
  "format/unformatted": {
    means: say`A file is not formatted.`,
    hint: say`Run partnerctl fmt.`,
  },
  "format/unsound": {
    means: say`Formatting would have changed what a file means, so it was left as it is.`,
    hint: say`This is a bug in partnerctl: report it with the file.`,
  },
  "identity/ambiguous": {
    means: say`A manifest and the objects of the account cannot be matched one to one.`,
    hint: say`Pin the id of the object that is meant (metadata.id).`,
  },
  "identity/duplicate-address": {
    means: say`Two documents declare the same object.`,
    hint: say`Rename one of them, or remove it.`,
  },
  "identity/duplicate-id": {
    means: say`Two documents pin the same id.`,
    hint: say`An id belongs to one document.`,
  },
  "identity/duplicate-key": {
    means: say`Two documents would be the same object, since their natural keys are equal.`,
    hint: say`Change one of them, or pin the id of the one that exists.`,
  },
  "identity/lost": {
    means: say`The ledger knows an object by an id that the account no longer has.`,
    hint: say`Restore it, pin what took its place, or declare it absent.`,
  },
  "identity/pin-gone": {
    means: say`The account has no object with the pinned id.`,
    hint: say`Pin the id it has now, or remove metadata.id.`,
  },
  "identity/possible-duplicate": {
    means: say`An object that would be created may be one that exists already.`,
    hint: say`Pin its id or name it in metadata.previously, or allow a duplicate.`,
  },
  "identity/previously-taken": {
    means: say`An earlier name in metadata.previously belongs to another document.`,
    hint: say`Keep the name with the document that is that object.`,
  },
  "overlay/duplicate": {
    means: say`Two overlay documents of an environment change the same object.`,
    hint: say`Merge them into one.`,
  },
  "overlay/unmatched": {
    means: say`An overlay document changes an object that no manifest declares.`,
    hint: say`Correct its name, or complete it so that it declares a new object.`,
  },
  "problems/more": {
    means: say`There are more problems than are listed.`,
    hint: say`Correct those that are listed first.`,
  },
  "reference/absent": {
    means: say`A document refers to an object that is declared absent.`,
    hint: say`Refer to one that stays, or declare this document absent too.`,
  },
  "reference/circular": {
    means: say`Documents refer to each other in a cycle.`,
    hint: say`Remove one of the references.`,
  },
  "reference/unknown": {
    means: say`A document refers to an object that no manifest declares.`,
    hint: say`Correct the name, or declare the object.`,
  },
  "scope/unknown": {
    means: say`--only or --except names nothing that the manifests declare.`,
    hint: say`Name an address, a kind or a pattern that matches a declared object.`,
  },
});
