"""Velocity as API Gateway runs it: values, methods, overrides, refusals."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local.api_gateway.client_request import ClientRequest
from local.api_gateway.errors import DefinitionError, MappingTemplateError, UnsupportedError
from local.api_gateway.mapping_template import MappingTemplate
from local.api_gateway.template_variables import (
    Input,
    ResponseOverride,
    Util,
    request_override,
    template_context,
)


def request(**query: str) -> ClientRequest:
    return ClientRequest(
        http_method="GET",
        path="/x",
        headers={"origin": ("http://o.example",), "q": ("from header",)},
        query={name: (value,) for name, value in query.items()},
        body=b"",
        host="h",
        source_ip="192.0.2.1",
        protocol="HTTP/1.1",
        request_id="r",
        received_at=0.0,
    )


def render(
    template: str, payload: str = "", overrides: dict[str, Any] | None = None, **query: str
) -> str:
    names: dict[str, object] = {"claims": {"cognito:username": "0xaa", "wallet": "0xaa"}}
    context = {"authorizer": names, "requestId": "r", "stage": "prod"}
    override = request_override()
    if overrides is not None:
        overrides.update(override)
    compiled = MappingTemplate.compile(template, path="$.t", side="requestOverride")
    return compiled.render(
        {
            "input": Input(payload, request(**query), {"id": "from path"}),
            "util": Util(),
            "context": template_context(context, requestOverride=override),
            "stageVariables": {"name": "value"},
        }
    )


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("$input.params('q')", "from query"),
        ("$input.params('id')", "from path"),
        ("$input.params('Origin')", "http://o.example"),
        ("[$input.params('none')]", "[]"),
        ("$input.params().querystring.q", "from query"),
        ("$input.params().querystring.get('q')", "from query"),
        ("$input.params().header['Origin']", "http://o.example"),
        ("$input.params().get('path').get('id')", "from path"),
        ("$input.params().querystring.containsKey('q')", "true"),
        ("#foreach($k in $input.params().keySet())$k #end", "path querystring header "),
        ("$input.body", '{"a":{"b":[1,"x"]},"s":"t"}'),
        ("$input.json('$')", '{"a":{"b":[1,"x"]},"s":"t"}'),
        ('$input.json("$.a.b")', '[1, "x"]'),
        ("$input.json('$.none')", '""'),
        ("$input.path('$.a.b[1]')", "x"),
        ("$input.path('$.a')", '{b=[1,"x"]}'),
        ("$input.path('$.a').b", '[1,"x"]'),
        ("$input.path('$.none')", ""),
        ("$input.path('$.a.b').size()", "2"),
        ("$context.authorizer.claims['cognito:username']", "0xaa"),
        ("$context.authorizer.claims.wallet", "0xaa"),
        ("[$context.authorizer.claims['none']]", "[]"),
        ("[$context.authorizer.claims.none.deeper]", "[]"),
        ("$context.stage ${context.requestId}!", "prod r!"),
        ("$stageVariables.name", "value"),
        ("$util.urlEncode('a b&c=é~*')", "a+b%26c%3D%C3%A9%7E*"),
        ("$util.urlDecode('a+b%26')", "a b&"),
        ("$util.base64Encode('é')", "w6k="),
        ("$util.base64Decode('w6k=')", "é"),
        ('$util.escapeJavaScript("a\'b/c☃")', "a\\'b\\/c\\u2603"),
        ('$util.parseJson(\'{"a":{"b":2}}\').a.b', "2"),
    ],
)
def test_variables_render_as_on_aws(template: Any, text: Any) -> None:
    payload = '{"a":{"b":[1,"x"]},"s":"t"}'
    assert render(template, payload, q="from query") == text


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("$s.contains('b,C')", "true"),
        ("$s.equals('A,b,C,')", "true"),
        ("$s.equalsIgnoreCase('a,B,c,')", "true"),
        ("$s.toLowerCase()", "a,b,c,"),
        ("$s.toUpperCase().trim()", "A,B,C,"),
        ("$s.isEmpty()", "false"),
        ("$s.length()", "6"),
        ("$s.matches('[A-C]')", "false"),
        ("$s.matches('^[A-Cb,]+$')", "true"),
        ("$s.startsWith('A') $s.endsWith('C')", "true false"),
        ("$s.split(',').size()", "3"),
        ("$s.split(',').get(1)", "b"),
        ("$s.split(',')[1]", "b"),
        ("$s.replace(',', '.')", "A.b.C."),
        ("$s.replaceAll('([A-Z])', '<$1>')", "<A>,b,<C>,"),
        ("$s.substring(1, 3)", ",b"),
        ("$s.indexOf('b') $s.indexOf('z')", "2 -1"),
        ("$l.contains('x') $l.size() $l.isEmpty() $l", "true 2 false [x, y]"),
    ],
)
def test_java_methods(expression: Any, text: Any) -> None:
    assert render(f"#set($s = 'A,b,C,')#set($l = ['x', 'y']){expression}") == text


def test_a_get_without_a_body_has_an_empty_object() -> None:
    assert render('$input.json("$") $input.body') == "{} {}"


def test_control_flow() -> None:
    template = (
        "## comment\n#set($n = 0)#foreach($i in ['a','b'])$i#if($foreach.hasNext),#end#end"
        "#if($n == 1)one#elseif($n == 0 && true)zero#{else}many#end#* block *#"
    )
    assert render(template) == "a,bzero"


def test_overrides_are_collected_by_location() -> None:
    overrides: dict[str, Any] = {}
    render(
        "#set($context.requestOverride.header.X-API-Key = 'k')"
        "#set($context.requestOverride.header['x-two'] = 2)"
        "#set($context.requestOverride.path.address = $context.authorizer.claims.wallet)"
        "#set($context.requestOverride.querystring.none = $context.authorizer.claims.none)",
        overrides=overrides,
    )
    assert overrides == {
        "header": {"X-API-Key": "k", "x-two": "2"},
        "path": {"address": "0xaa"},
        "querystring": {},
    }


@pytest.mark.parametrize("second", ["X-A", "x-a"])
def test_refuses_a_second_override_of_one_parameter(second: Any) -> None:
    first = "#set($context.requestOverride.header.X-A = 1)"
    with pytest.raises(MappingTemplateError, match="twice"):
        render(f"{first}#set($context.requestOverride.header.{second} = 2)")


def test_two_branches_may_override_the_same_parameter() -> None:
    branch = "#set($context.requestOverride.header.A = {})"
    template = "#if(true)" + branch.format(1) + "#else" + branch.format(2) + "#end"
    assert render(template) == ""


@pytest.mark.parametrize("status", ["'400'", "99", "600", "true"])
def test_a_status_override_that_is_no_status_is_kept_apart(status: Any) -> None:
    override = ResponseOverride()
    template = f"#set($context.responseOverride.status = {status})"
    compiled = MappingTemplate.compile(template, path="$.t", side="responseOverride")
    compiled.render({"context": template_context({}, responseOverride=override)})
    assert override["status"] != 400


@pytest.mark.parametrize(
    "template",
    [
        "$s.upper()",
        "$input.params('q').getClass()",
        "$input.headers()",
        "$util.toJson('x')",
        "$util.toJson($context)",
        "$l.add(1)",
        "#macro(x)a#end",
        "#include('x')",
        "#parse('x')",
        "#evaluate('x')",
        "#define($x)a#end",
        "#return(1)",
        "#elsif(true)",
        "$context.webaclArn",
        "$context.authoriser.claims",
        "#set($context.responseOverride.status = 400)",
        "#set($context.stage = 'x')",
        "$input.json('$..a')",
        "$input.path('$.a[*]')",
    ],
)
def test_refuses_at_load_what_is_not_modelled(template: Any) -> None:
    with pytest.raises(UnsupportedError, match=r"^\$\.t: "):
        render("#set($s = 'x')#set($l = [])" + template)


@pytest.mark.parametrize(
    "template",
    [
        "#if($input.body",
        "#if()x#end",
        "#set($x)",
        "#set(x = 1)",
        "#end",
        "${input.body",
        "#foreach($x of [1])#end",
        "$undefined",
        "#set($input = 1)",
        '#if(["x"].contains("x"))y#end',
        "x" * 400_000,
    ],
)
def test_refuses_at_load_what_velocity_cannot_read(template: Any) -> None:
    with pytest.raises(DefinitionError):
        render(template)


@pytest.mark.parametrize(
    "template",
    [
        "$input.params('q').size()",
        "$input.params().isEmpty().get(1)",
        "$input.params('q').substring(99)",
        "$input.params('q').split()",
        "$input.params('q').matches('[')",
        "$input.json('$.a')",
        "$util.parseJson('{')",
        "#foreach($i in [1..1001])x#end",
        "#set($context.requestOverride = {})",
    ],
)
def test_fails_while_rendering_instead_of_writing_nothing(template: Any) -> None:
    with pytest.raises(MappingTemplateError):
        render(template, payload="not json", q="value")


def test_a_template_cannot_reach_into_python() -> None:
    text = render("$input.__class__$input._parameters$util.__init__$input.params().__class__")
    assert text == ""


def test_an_error_never_shows_the_template() -> None:
    with pytest.raises(DefinitionError) as caught:
        render('#set($context.requestOverride.header.X-API-Key = "provider-key" oops')
    assert "provider-key" not in str(caught.value)


@given(st.text())
def test_a_value_is_never_read_as_a_template(value: Any) -> None:
    overrides: dict[str, Any] = {}
    template = "#set($context.requestOverride.querystring.q = $input.params('q'))$input.params('q')"
    assert render(template, overrides=overrides, q=value) == value
    assert overrides["querystring"]["q"] == value
    assert overrides["header"] == {}


@given(st.text())
def test_an_interpolated_value_is_never_read_as_a_template(value: Any) -> None:
    assert render("#set($x = \"<$input.params('q')>\")$x", q=value) == f"<{value}>"


@pytest.mark.parametrize("text", [' {"a" : 1.0e2,\n"b": "\\u00e9"} ', "[1,2]", '"x"', "null"])
def test_a_whole_payload_is_handed_through_as_it_came(text: str) -> None:
    assert render("$input.json('$')", text) == text
