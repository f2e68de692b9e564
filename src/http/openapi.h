// What a route says about itself, and the OpenAPI 3.1 document made from all of them. Members come in a fixed order, so the
// document can be a golden file.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/described.h"
#include "http/json_schema.h"

namespace jingwei::http {

/// What a body is: a media type and how to make its schema.
struct BodyDoc {
  std::string media_type;  ///< empty: no body
  std::function<json::object(Schemas&)> schema;
  explicit operator bool() const { return !media_type.empty(); }
};

/// JSON of a described type: `.request = of<NewEntry>()`.
template <class T>
BodyDoc of() {
  return {"application/json", [](Schemas& schemas) { return schema_of<T>(schemas); }};
}
/// Text of another media type, such as "text/csv".
BodyDoc text_of(std::string media_type);
/// multipart/form-data with one file part of that name.
BodyDoc form_file(std::string part_name);
/// Server-sent events whose data is JSON of T.
template <class T>
BodyDoc events_of() {
  return {"text/event-stream", [](Schemas& schemas) -> json::object {
            return {{"type", "string"}, {"x-event-data", schema_of<T>(schemas)}};
          }};
}

struct QueryDoc {
  std::string name;
  std::function<json::object(Schemas&)> schema;
  Bilingual about;
  bool required = false;
};
/// `.query = {query_of<std::string>("q", {"检索词", "words"}), ...}`
template <class T>
QueryDoc query_of(std::string name, Bilingual about = {}, bool required = false) {
  return {std::move(name), [](Schemas& schemas) { return schema_of<T>(schemas); }, std::move(about), required};
}
/// `cursor` and `limit` of every list.
std::vector<QueryDoc> list_query(std::vector<QueryDoc> more = {});

enum class Access { anyone, member };  ///< member: session cookie or bearer token

/// Routes without `id` are served but not documented.
struct RouteDoc {
  std::string id = {};  ///< operation id, unique: "createEntry"
  std::string tag = {};
  Bilingual summary = {};
  BodyDoc request = {};
  std::vector<BodyDoc> more_requests = {};  ///< other media types that the same route reads
  BodyDoc response = {};
  int status = 200;  ///< of success
  std::vector<QueryDoc> query = {};
  bool needs_if_match = false;
  bool accepts_if_match = false;  ///< a change needs it, the first write does not
  bool accepts_key = false;       ///< Idempotency-Key; every POST does
  bool sends_etag = false;
  std::vector<Code> errors = {};
  Access access = Access::member;
  std::size_t body_bytes_max = 0;  ///< 0: Limits::body_bytes_max; enforced, not only documented
};

struct OpenApiInfo {
  std::string title;
  std::string version;
  Bilingual description;
  std::string session_cookie;            ///< name, for the security scheme
  std::function<int(Code)> status_of;    ///< the application's table
};

class Router;
/// `paths` in order of path, then get, put, post, delete, patch. Stops the process when two operations share an id.
json::value openapi_document(const Router& router, const OpenApiInfo& info);

}  // namespace jingwei::http
