#include "http/openapi.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/check.h"
#include "http/http.h"

namespace jingwei::http {
namespace {

json::object reference(const char* kind, const char* name) {
  return {{"$ref", std::string("#/components/") + kind + "/" + name}};
}

std::string in_both_languages(const Bilingual& text) {
  if (text.zh.empty() || text.en.empty()) return text.zh + text.en;
  return text.zh + " · " + text.en;
}

json::object content_of(const BodyDoc& body, Schemas& schemas) {
  return {{body.media_type, json::object{{"schema", body.schema(schemas)}}}};
}

/// "/log/tile/{path*}" is written as "/log/tile/{path}": OpenAPI has no word for the rest of a path.
std::string documented_path(std::string pattern) {
  pattern.erase(std::remove(pattern.begin(), pattern.end(), '*'), pattern.end());
  return pattern;
}

json::array parameters_of(const Route& route, Schemas& schemas) {
  json::array out;
  for (const auto& name : route.parameters)
    out.push_back(json::object{{"name", name}, {"in", "path"}, {"required", true}, {"schema", json::object{{"type", "string"}}}});
  for (const auto& query : route.doc.query) {
    if (query.name == "cursor" && !query.schema) {
      out.push_back(reference("parameters", "Cursor"));
    } else if (query.name == "limit" && !query.schema) {
      out.push_back(reference("parameters", "Limit"));
    } else {
      json::object parameter{{"name", query.name}, {"in", "query"}};
      if (query.required) parameter["required"] = true;
      if (!query.about.en.empty()) parameter["description"] = in_both_languages(query.about);
      parameter["schema"] = query.schema(schemas);
      out.push_back(std::move(parameter));
    }
  }
  if (route.doc.needs_if_match) out.push_back(reference("parameters", "IfMatch"));
  if (route.doc.accepts_if_match) out.push_back(reference("parameters", "IfMatchOfChange"));
  if (route.method == Method::post || route.doc.accepts_key) out.push_back(reference("parameters", "IdempotencyKey"));
  return out;
}

json::object responses_of(const Route& route, Schemas& schemas, const std::function<int(Code)>& status_of) {
  const auto& doc = route.doc;
  json::object success{{"description", doc.response ? "Success" : "Done, without content"}};
  if (doc.sends_etag)
    success["headers"] = json::object{
        {"ETag", json::object{{"description", "Version, for If-Match"}, {"schema", json::object{{"type", "string"}}}}}};
  if (doc.response) success["content"] = content_of(doc.response, schemas);
  std::set<int> statuses;
  for (const auto code : doc.errors) statuses.insert(status_of(code));
  if (doc.request)
    for (const auto code : {Code::malformed, Code::unsupported, Code::too_large, Code::invalid}) statuses.insert(status_of(code));
  if (doc.needs_if_match || doc.accepts_if_match) statuses.insert({status_of(Code::version_mismatch), status_of(Code::invalid)});
  if (doc.access == Access::member) statuses.insert({status_of(Code::unauthenticated), status_of(Code::forbidden)});
  json::object out{{std::to_string(doc.status), std::move(success)}};
  for (const int status : statuses) out.emplace(std::to_string(status), reference("responses", "Problem"));
  out["default"] = reference("responses", "Problem");
  return out;
}

json::object operation_of(const Route& route, Schemas& schemas, const OpenApiInfo& info) {
  const auto& doc = route.doc;
  json::object out{{"operationId", doc.id}};
  if (!doc.tag.empty()) out["tags"] = json::array{json::string(doc.tag)};
  if (!doc.summary.zh.empty() || !doc.summary.en.empty()) out["summary"] = in_both_languages(doc.summary);
  if (auto parameters = parameters_of(route, schemas); !parameters.empty()) out["parameters"] = std::move(parameters);
  if (doc.request) {
    auto content = content_of(doc.request, schemas);
    for (const auto& more : doc.more_requests) content.emplace(more.media_type, json::object{{"schema", more.schema(schemas)}});
    out["requestBody"] = json::object{{"required", true}, {"content", std::move(content)}};
  }
  out["responses"] = responses_of(route, schemas, info.status_of);
  if (doc.access == Access::anyone) out["security"] = json::array{};
  return out;
}

json::object components_of(const Schemas& schemas, const OpenApiInfo& info) {
  const auto text = [] { return json::object{{"type", "string"}}; };
  json::object parameters{
      {"IfMatch", json::object{{"name", "If-Match"}, {"in", "header"}, {"required", false},
                               {"description", "ETag of the version that was read; required, else 422"}, {"schema", text()}}},
      {"IfMatchOfChange", json::object{{"name", "If-Match"}, {"in", "header"}, {"required", false},
                                       {"description", "ETag of the version that was read; a change without it gets 422, the first write needs none"},
                                       {"schema", text()}}},
      {"IdempotencyKey", json::object{{"name", "Idempotency-Key"}, {"in", "header"},
                                      {"description", "Same key and body: the first answer again, for 30 days"}, {"schema", text()}}},
      {"Cursor", json::object{{"name", "cursor"}, {"in", "query"}, {"description", "next_cursor of the page before"}, {"schema", text()}}},
      {"Limit", json::object{{"name", "limit"}, {"in", "query"},
                             {"schema", json::object{{"type", "integer"}, {"minimum", 1}, {"maximum", 200}, {"default", 50}}}}}};
  json::object responses{
      {"Problem", json::object{{"description", "Problem details (RFC 9457)"},
                               {"content", json::object{{"application/problem+json", json::object{{"schema", reference("schemas", "Problem")}}}}}}}};
  json::object schemes{{"session", json::object{{"type", "apiKey"}, {"in", "cookie"}, {"name", info.session_cookie}}},
                       {"token", json::object{{"type", "http"}, {"scheme", "bearer"}}}};
  return {{"schemas", schemas.components()}, {"responses", std::move(responses)}, {"parameters", std::move(parameters)},
          {"securitySchemes", std::move(schemes)}};
}

}  // namespace

BodyDoc text_of(std::string media_type) {
  return {std::move(media_type), [](Schemas&) -> json::object { return {{"type", "string"}}; }};
}

BodyDoc form_file(std::string part_name) {
  return {"multipart/form-data", [name = std::move(part_name)](Schemas&) -> json::object {
            json::object properties{{name, json::object{{"type", "string"}, {"contentMediaType", "application/octet-stream"}}}};
            return {{"type", "object"}, {"properties", std::move(properties)}, {"required", json::array{json::string(name)}}};
          }};
}

std::vector<QueryDoc> list_query(std::vector<QueryDoc> more) {
  more.push_back({"cursor", {}, {}, false});
  more.push_back({"limit", {}, {}, false});
  return more;
}

json::value openapi_document(const Router& router, const OpenApiInfo& info) {
  CHECK(info.status_of);
  std::map<std::string, std::map<std::string, const Route*>> by_path;
  std::set<std::string> ids;
  for (const auto& route : router.routes()) {
    if (route->doc.id.empty()) continue;
    CHECK(ids.insert(route->doc.id).second);
    const auto method = route->method == Method::del ? "delete" : method_name(route->method);
    std::string key;
    for (const char c : method) key += static_cast<char>(c | 0x20);
    by_path[documented_path(route->pattern)][key] = route.get();
  }
  Schemas schemas;
  schema_of<Problem>(schemas);
  json::object paths;
  for (const auto& [path, methods] : by_path) {
    json::object item;
    for (const auto* method : {"get", "put", "post", "delete", "patch"})
      if (const auto at = methods.find(method); at != methods.end()) item.emplace(method, operation_of(*at->second, schemas, info));
    paths.emplace(path, std::move(item));
  }
  return json::object{{"openapi", "3.1.0"},
                      {"info", json::object{{"title", info.title}, {"version", info.version}, {"description", in_both_languages(info.description)}}},
                      {"servers", json::array{json::object{{"url", "/"}}}},
                      {"security", json::array{json::object{{"session", json::array{}}}, json::object{{"token", json::array{}}}}},
                      {"paths", std::move(paths)},
                      {"components", components_of(schemas, info)}};
}

}  // namespace jingwei::http
