import { createApp } from 'vue'
import App from './App.vue'
import { chosenLanguage, i18n, useLanguage } from './i18n'
import { router } from './router'
import './styles/tokens.css'
import './styles/base.css'
import './styles/parts.css'
import './styles/pages.css'
import './styles/print.css'

await useLanguage(chosenLanguage() ?? 'zh-CN', false)
createApp(App).use(i18n).use(router).mount('#app')
