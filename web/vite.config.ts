import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// Only `npm run dev` uses this: where the node listens.
const node = process.env.JINGWEI_NODE ?? 'http://127.0.0.1:8080'

/** Few files instead of many small ones: what every page needs, the library that only forms need, and a chunk a page. */
function chunkOf(id: string): string | undefined {
  if (/node_modules\/(vue|@vue|vue-router|vue-i18n|@intlify|openapi-fetch)\//.test(id) || id.includes('plugin-vue:export-helper')) return 'vue'
  if (/node_modules\/(echarts|zrender|tslib)\//.test(id)) return 'charts'
  if (id.includes('node_modules/')) return 'elements'
  if (/\/src\/(ui|base|session|api|i18n|shell)\//.test(id)) return 'shared'
  return undefined
}

export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: { __VUE_OPTIONS_API__: 'true', __VUE_I18N_LEGACY_API__: 'false', __INTLIFY_JIT_COMPILATION__: 'true', __INTLIFY_PROD_DEVTOOLS__: 'false' },
  build: {
    target: 'es2022',
    // The content policy allows no inline code and no data: fonts, so every asset is a file of its own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    rollupOptions: { output: { manualChunks: chunkOf } },
  },
  server: { host: '127.0.0.1', proxy: { '/api': node, '/log/': node } },
  test: { environment: 'node', include: ['src/**/*.test.ts'] },
})
