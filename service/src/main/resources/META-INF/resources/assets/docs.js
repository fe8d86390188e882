// Shows the description of the API with Swagger UI. Requests are sent with the cookie of this browser.
window.ui = SwaggerUIBundle({
  url: '/q/openapi?format=json',
  dom_id: '#swagger-ui',
  defaultModelsExpandDepth: 0,
  presets: [SwaggerUIBundle.presets.apis],
  layout: 'BaseLayout',
});
