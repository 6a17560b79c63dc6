// The code editor's own texts; its loader reads this when it is loaded.
window.require = {
  paths: { vs: new URL('_content/BlazorMonaco/lib/monaco-editor/min/vs', document.baseURI).pathname },
  ...(document.documentElement.lang.startsWith('zh') && { 'vs/nls': { availableLanguages: { '*': 'zh-cn' } } }),
};
