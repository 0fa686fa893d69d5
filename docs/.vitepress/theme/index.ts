import TwoslashFloatingVue from '@shikijs/vitepress-twoslash/client'
import '@shikijs/vitepress-twoslash/style.css'
import type { Theme } from 'vitepress'
import DefaultTheme from 'vitepress/theme-without-fonts'
import RequestPath from './RequestPath.vue'
import ShutdownOrder from './ShutdownOrder.vue'
import StreamLife from './StreamLife.vue'
import './style.css'

const theme: Theme = {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.use(TwoslashFloatingVue)
    app.component('RequestPath', RequestPath)
    app.component('ShutdownOrder', ShutdownOrder)
    app.component('StreamLife', StreamLife)
  },
}

export default theme
