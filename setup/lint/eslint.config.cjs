const js = require("@eslint/js");
const globals = require("globals");
const jsdoc = require("eslint-plugin-jsdoc");

module.exports = [
    {
        files: ["**/*.js"],
        languageOptions: {
            ecmaVersion: 2024,
            sourceType: "module",
            globals: {...globals.browser, luxon: "readonly", odoo: "readonly"},
        },
        plugins: {jsdoc},
        linterOptions: {reportUnusedDisableDirectives: "error"},
        rules: {
            ...js.configs.recommended.rules,
            "array-callback-return": "error",
            "consistent-return": "error",
            curly: "error",
            "default-case-last": "error",
            "dot-notation": "error",
            eqeqeq: ["error", "always", {null: "ignore"}],
            "max-depth": ["error", 3],
            "max-lines": ["error", 350],
            "max-lines-per-function": ["error", {max: 40, skipComments: true}],
            "no-alert": "error",
            "no-console": "error",
            "no-duplicate-imports": "error",
            "no-else-return": "error",
            "no-eval": "error",
            "no-extend-native": "error",
            "no-implied-eval": "error",
            "no-lonely-if": "error",
            "no-new-func": "error",
            "no-restricted-properties": [
                "error",
                {property: "innerHTML", message: "Use a template."},
            ],
            "no-return-assign": "error",
            "no-self-compare": "error",
            "no-shadow": "error",
            "no-unused-expressions": "error",
            "no-use-before-define": ["error", {functions: false, variables: false}],
            "no-useless-return": "error",
            "no-var": "error",
            "object-shorthand": "error",
            "prefer-const": "error",
            "prefer-template": "error",
            "jsdoc/check-param-names": "error",
            "jsdoc/check-tag-names": "error",
        },
    },
    {
        files: ["**/static/tests/**/*.js"],
        rules: {"max-lines": "off", "max-lines-per-function": "off"},
    },
];
