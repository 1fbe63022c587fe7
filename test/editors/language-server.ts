import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const server = join(
  import.meta.dirname,
  "../../node_modules/yaml-language-server/bin/yaml-language-server",
);

/** What the server says is wrong. */
export interface Problem {
  readonly message: string;
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
  readonly severity: number;
}

/** What the server offers to write. */
export interface Item {
  readonly label: string;
  readonly insertText?: string;
  readonly documentation?: string | { readonly value: string };
}

/** An editor with a project's folder open, and the real language server beside it. */
export interface Editor {
  /** Opens a text as a file of the project; resolves with what is wrong with it. */
  open(file: string, text: string): Promise<readonly Problem[]>;
  /** What is offered where the cursor, written as ^ in the text, stands. */
  complete(file: string, text: string): Promise<readonly Item[]>;
  /** What is shown about the place under the cursor. */
  hover(file: string, text: string): Promise<string>;
  close(): Promise<unknown>;
}

type Message = {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
};

/** Starts the server for a folder, with the settings the folder has for VS Code. */
export async function editor(folder: string): Promise<Editor> {
  const settings = JSON.parse(
    readFileSync(join(folder, ".vscode/settings.json"), "utf8"),
  ) as Record<string, unknown>;
  const child = spawn(process.execPath, [server, "--stdio"], {
    stdio: ["pipe", "pipe", "inherit"],
    cwd: folder,
  });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const answers = new Map<number, (result: unknown) => void>();
  const published = new Map<string, (problems: readonly Problem[]) => void>();
  let count = 0;
  const send = (message: object): void => {
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    child.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    child.stdin.write(body);
  };
  const ask = (method: string, params: object): Promise<unknown> =>
    new Promise((resolve) => {
      count += 1;
      answers.set(count, resolve);
      send({ id: count, method, params });
    });
  messages(child.stdout, ({ id, method, params, result }) => {
    if (method === undefined && typeof id === "number") answers.get(id)?.(result);
    else if (method === "workspace/configuration")
      send({ id, result: configuration(params, settings) });
    else if (method === "textDocument/publishDiagnostics") {
      const { uri, diagnostics } = params as { uri: string; diagnostics: readonly Problem[] };
      published.get(uri)?.(diagnostics);
    } else if (id !== undefined) send({ id, result: null });
  });
  const rootUri = pathToFileURL(folder).href;
  const capabilities = {
    workspace: {
      configuration: true,
      didChangeConfiguration: { dynamicRegistration: true },
      workspaceFolders: true,
    },
    textDocument: {
      completion: { completionItem: { snippetSupport: true, documentationFormat: ["markdown"] } },
      hover: { contentFormat: ["markdown"] },
    },
  };
  await ask("initialize", {
    processId: process.pid,
    rootUri,
    capabilities,
    workspaceFolders: [{ uri: rootUri, name: "project" }],
  });
  send({ method: "initialized", params: {} });
  send({ method: "workspace/didChangeConfiguration", params: { settings: {} } });
  let versions = 0;
  const open: Editor["open"] = (file, text) => {
    const uri = pathToFileURL(join(folder, file)).href;
    versions += 1;
    return new Promise((resolve) => {
      published.set(uri, resolve);
      send({
        method: "textDocument/didOpen",
        params: { textDocument: { uri, languageId: "yaml", version: versions, text } },
      });
    });
  };
  const at = async (file: string, marked: string) => {
    const before = marked.slice(0, marked.indexOf("^"));
    await open(file, before + marked.slice(before.length + 1));
    const lines = before.split("\n");
    return {
      textDocument: { uri: pathToFileURL(join(folder, file)).href },
      position: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 },
    };
  };
  return {
    open,
    close: () => {
      child.kill();
      return exited;
    },
    complete: async (file, marked) => {
      const found = (await ask("textDocument/completion", await at(file, marked))) as {
        readonly items: readonly Item[];
      } | null;
      return found?.items ?? [];
    },
    hover: async (file, marked) => {
      const found = (await ask("textDocument/hover", await at(file, marked))) as {
        readonly contents: { readonly value: string };
      } | null;
      return found?.contents.value ?? "";
    },
  };
}

/** The asked sections of the settings, as VS Code nests them. */
function configuration(params: unknown, settings: Record<string, unknown>): readonly unknown[] {
  const { items } = params as { readonly items: readonly { readonly section: string }[] };
  return items.map(({ section }) => {
    const own = Object.entries(settings).filter(([name]) => name.startsWith(`${section}.`));
    const nested = Object.fromEntries(
      own.map(([name, value]) => [name.slice(section.length + 1), value]),
    );
    return section === "yaml"
      ? { validate: true, hover: true, completion: true, ...nested, schemaStore: { enable: false } }
      : nested;
  });
}

/** LSP's framing: a header with the body's length in bytes, an empty line, the body. */
function messages(stream: NodeJS.ReadableStream, handle: (message: Message) => void): void {
  let buffer = Buffer.alloc(0);
  stream.on("data", (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const head = buffer.indexOf("\r\n\r\n");
      const length = Number(
        /Content-Length: (\d+)/.exec(buffer.toString("latin1", 0, Math.max(0, head)))?.[1],
      );
      if (head < 0 || buffer.length < head + 4 + length) return;
      handle(JSON.parse(buffer.toString("utf8", head + 4, head + 4 + length)) as Message);
      buffer = buffer.subarray(head + 4 + length);
    }
  });
}
