// node cdk_nag.cjs TEMPLATE.json...: leaves TEMPLATE.out/validation-report.json beside each
const { App, Stack, Validations } = require('aws-cdk-lib');
const { CfnInclude } = require('aws-cdk-lib/cloudformation-include');
const { AwsSolutionsChecks, ServerlessChecks } = require('cdk-nag');

for (const templateFile of process.argv.slice(2)) {
  const app = new App({ outdir: templateFile.replace(/json$/, 'out') });
  new CfnInclude(new Stack(app, 'stack'), 'template', { templateFile });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  try {
    app.synth(); // throws where there are findings, after writing the report
  } catch {}
}
process.exitCode = 0;
