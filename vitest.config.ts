import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { include: ["test/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000, pool: "forks", maxWorkers: "100%", env: { HTTP_PROXY: "", HTTPS_PROXY: "", http_proxy: "", https_proxy: "" } },
});
