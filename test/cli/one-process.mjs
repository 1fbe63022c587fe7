// Runs the built binary's entry again and again in this process, once for each message, and answers
// with what a process of its own would have said.
import { pathToFileURL } from "node:url";

const entry = pathToFileURL(process.argv[2]);
const said = { stdout: [], stderr: [] };

// Each run has its own listeners for failures of the two streams.
for (const name of ["stdout", "stderr"]) {
  process[name].setMaxListeners(0);
  process[name].write = (chunk, encoding, done = encoding) => {
    said[name].push(Buffer.from(chunk));
    if (typeof done === "function") process.nextTick(done);
    return true;
  };
}
process.setMaxListeners(0);

process.on("message", async ({ number, cwd, args, env }) => {
  process.chdir(cwd);
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
  process.argv = [process.execPath, process.argv[1], ...args];
  process.exitCode = undefined;
  entry.search = `run=${number}`;
  await import(entry.href);
  const [stdout, stderr] = [said.stdout, said.stderr].map((chunks) =>
    Buffer.concat(chunks.splice(0)).toString(),
  );
  process.send({ status: process.exitCode, stdout, stderr });
  process.exitCode = undefined;
});
process.on("disconnect", () => process.exit());
