// Stands for the binary: `node binary-client.mjs SOCKET ARGUMENTS…` has the process behind the
// socket run it with these arguments, in this folder and environment, and says and ends as it did.
import { request } from "node:http";

const [, , socketPath, ...args] = process.argv;
const asked = request({ socketPath, method: "POST" }, async (response) => {
  const { status, stdout, stderr } = JSON.parse((await response.toArray()).join(""));
  process.stderr.write(stderr);
  process.stdout.write(stdout);
  process.exitCode = status;
});
asked.end(JSON.stringify({ cwd: process.cwd(), args, env: process.env }));
