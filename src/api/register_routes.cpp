// Registers, their entries, search.
#include <spdlog/spdlog.h>

#include "api/internal/downloads.h"
#include "api/internal/public_cache.h"
#include "api/internal/views.h"
#include "base/text.h"
#include "registry/sheet.h"

template <>
struct jingwei::http::Constraints<jingwei::api::Withdrawal> {
  static std::vector<MemberRule> rules() { return {{.member = "reason", .min_length = 1, .max_length = 500}}; }
};

namespace jingwei::api {
namespace {

using registry::Entry;
using registry::EntryFilter;
using registry::Register;

RegisterView view_of_register(Services& services, store::Connection& connection, const Register& reg, const identity::Actor& actor) {
  RegisterView view;
  view.id = reg.id;
  view.title = reg.title;
  view.about = reg.about;
  view.chain = reg.chain;
  if (!reg.supply_kind.empty()) view.supply_kind = reg.supply_kind;
  view.key = reg.key;
  view.may_create = services.registry.may_create(reg, actor);
  view.entries_published = connection.query_integer("SELECT COUNT(*) FROM entries WHERE register = $1 AND state = 'published'", {reg.id}).value_or(0);
  for (const auto& field : reg.fields) {
    FieldView f;
    f.id = field.id;
    f.title = field.title;
    f.type = field.type;
    f.help = field.help;
    if (!field.role.empty()) f.role = field.role;
    f.required = field.required;
    f.unit = field.unit;
    if (field.fen_per_unit > 0) f.fen_per_unit = field.fen_per_unit;
    f.min = field.min;
    f.max = field.max;
    if (field.type == registry::FieldType::text || field.type == registry::FieldType::long_text) f.max_length = static_cast<std::int64_t>(field.max_length);
    if (!field.code_list.empty()) f.code_list = field.code_list;
    f.many = field.many;
    f.sensitivity = field.sensitivity;
    f.in_table = field.in_table;
    view.fields.push_back(std::move(f));
  }
  return view;
}

EntryFilter filter_of(const Request& request, const Caller& caller) {
  EntryFilter filter;
  filter.register_id = request.path_parameter("register");
  filter.text = query_or_empty(request, "q");
  filter.state = enum_query<registry::EntryState>(request, "state");
  filter.region = query_or_empty(request, "region");
  filter.segment = query_or_empty(request, "segment");
  filter.owner_id = query_or_empty(request, "owner");
  if (request.query("mine") == "true") filter.owner_id = caller.actor.organization_id.empty() ? "none" : caller.actor.organization_id;
  filter.by_title = request.query("sort") == "title";
  filter.cursor = query_or_empty(request, "cursor");
  filter.limit = limit_of(request);
  return filter;
}

std::vector<http::QueryDoc> filter_query() {
  return {http::query_of<std::string>("q", {"标题包含", "part of the title"}),
          http::query_of<registry::EntryState>("state", {"状态", "state"}),
          http::query_of<std::string>("region", {"行政区划代码，含下级", "division code, its parts included"}),
          http::query_of<std::string>("segment", {"产业链环节代码", "segment code"}),
          http::query_of<std::string>("owner", {"单位编号", "organization id"}),
          http::query_of<bool>("mine", {"只看本单位的", "only my organization's"}),
          http::query_of<std::string>("sort", {"updated 或 title", "updated or title"})};
}

/// Fields that the form may leave to the server: the owner is the caller's own organization.
json::object with_defaults(const Register& reg, json::object fields, const identity::Actor& actor) {
  const registry::Field* owner = reg.with_role("owner");
  if (owner != nullptr && !fields.contains(owner->id) && !actor.organization_id.empty()) fields[owner->id] = actor.organization_id;
  return fields;
}

Response entry_response(Services& services, store::Connection& connection, const Entry& entry, const Caller& caller, int status) {
  EntryView view = view_of(services, connection, entry, caller.actor);
  view.statements = evidence::statements_about(connection, entry.id);
  Response response = with_version(http::json_response(view, status), entry.version);
  if (status == 201) response.set("Location", "/api/v1/registers/" + entry.register_id + "/entries/" + entry.id);
  return response;
}

awaitable<Response> create_entry(Services& services, Request& request) {
  const Caller caller = require_writer(services, request);
  const Register& reg = services.registry.require_register(request.path_parameter("register"));
  auto body = http::read_body<EntryWrite>(request);
  json::object fields = services.registry.check_fields(reg, with_defaults(reg, std::move(body.fields), caller.actor));
  co_return co_await change(services, request, caller,
      [&](store::Transaction& tx) { return services.registry.create(tx, caller.actor, reg, std::move(fields), body.publish.value_or(false)); },
      [&](store::Connection& connection, const Entry& entry) { return entry_response(services, connection, entry, caller, 201); });
}

/// An id of another register is answered as not found.
void require_in_register(const Request& request, const Entry& entry) {
  if (entry.register_id != request.path_parameter("register")) throw Rejected(Code::not_found, {"没有这个条目", "There is no such entry"});
}

Response get_entry(Services& services, const Request& request) {
  const Caller caller = identify(services, request);
  auto reader = services.readers.borrow();
  const Entry entry = services.registry.require_visible(*reader, caller.actor, request.path_parameter("id"));
  require_in_register(request, entry);
  return entry_response(services, *reader, entry, caller, 200);
}

awaitable<Response> edit_entry(Services& services, Request& request) {
  const Caller caller = require_writer(services, request);
  const Register& reg = services.registry.require_register(request.path_parameter("register"));
  const std::string id(request.path_parameter("id"));
  const auto version = require_version(request);
  const auto body = http::read_body<EntryWrite>(request);
  {
    auto reader = services.readers.borrow();
    require_in_register(request, services.registry.require_visible(*reader, caller.actor, id));
  }
  const json::object fields = services.registry.check_fields(reg, with_defaults(reg, body.fields, caller.actor));
  co_return co_await change(services, request, caller,
      [&](store::Transaction& tx) { return services.registry.edit(tx, caller.actor, id, version, fields); },
      [&](store::Connection& connection, const Entry& entry) { return entry_response(services, connection, entry, caller, 200); });
}

/// Publishing and withdrawing: If-Match is optional, for a button in a list.
std::optional<std::int64_t> version_if_sent(const Request& request) {
  return request.header("If-Match") ? std::optional(require_version(request)) : std::nullopt;
}

awaitable<Response> publish_entry(Services& services, Request& request) {
  const Caller caller = require_writer(services, request);
  const std::string id(request.path_parameter("id"));
  const auto version = version_if_sent(request);
  {
    auto reader = services.readers.borrow();
    require_in_register(request, services.registry.require_visible(*reader, caller.actor, id));
  }
  co_return co_await change(services, request, caller, [&](store::Transaction& tx) { return services.registry.publish(tx, caller.actor, id, version); },
      [&](store::Connection& connection, const Entry& entry) { return entry_response(services, connection, entry, caller, 200); });
}

awaitable<Response> withdraw_entry(Services& services, Request& request) {
  const Caller caller = require_writer(services, request);
  const std::string id(request.path_parameter("id"));
  const auto version = version_if_sent(request);
  const auto body = http::read_body<Withdrawal>(request);
  {
    auto reader = services.readers.borrow();
    require_in_register(request, services.registry.require_visible(*reader, caller.actor, id));
  }
  co_return co_await change(
      services, request, caller, [&](store::Transaction& tx) { return services.registry.withdraw(tx, caller.actor, id, version, body.reason); },
      [&](store::Connection& connection, const Entry& entry) { return entry_response(services, connection, entry, caller, 200); });
}

Response list_entries(Services& services, const Request& request) {
  const Caller caller = identify(services, request);
  auto reader = services.readers.borrow();
  const auto page = services.registry.list(*reader, caller.actor, filter_of(request, caller));
  Page<EntryView> view;
  for (const auto& entry : page.entries) view.items.push_back(view_of(services, *reader, entry, caller.actor));
  if (!page.next_cursor.empty()) view.next_cursor = page.next_cursor;
  view.total = page.total;
  return http::json_response(view);
}

Response history_of(Services& services, const Request& request) {
  const Caller caller = require_member(services, request);
  auto reader = services.readers.borrow();
  Entry entry = services.registry.require_visible(*reader, caller.actor, request.path_parameter("id"));
  require_in_register(request, entry);
  const bool hide_owner = services.registry.hides_owner(*reader, entry, caller.actor);
  const bool near = caller.actor.acts_for(entry.owner_id) || caller.actor.has(identity::Role::department) || caller.actor.has(identity::Role::administrator) ||
                    caller.actor.has(identity::Role::auditor);
  Items<EntryVersionView> view;
  for (auto& version : services.registry.history(*reader, entry.id)) {
    // Strangers see what was published, not the drafts before it nor who typed it.
    if (!near && version.version != entry.version) continue;
    entry.fields = std::move(version.fields);
    view.items.push_back({version.version, to_rfc3339(version.at), near && !version.actor_name.empty() ? std::optional(version.actor_name) : std::nullopt,
                          version.act, services.registry.visible_fields(entry, caller.actor, hide_owner)});
  }
  return http::json_response(view);
}

/// What an import reads again.
std::string entries_csv(Services& services, const Caller& caller, const Register& reg, const EntryFilter& filter) {
  std::string csv = "\xEF\xBB\xBF" + services.registry.export_header(reg);
  auto reader = services.readers.borrow();
  auto names = services.readers.borrow();  // a second connection: rows are read while names are looked up
  const auto shared_names = registry::Registry::shared_names(*names);
  services.registry.each(*reader, caller.actor, filter, [&](const Entry& entry) {
    csv += services.registry.export_row(*names, reg, entry, caller.actor, services.registry.hides_owner(*names, entry, caller.actor), shared_names);
  });
  return csv;
}

awaitable<Response> export_entries(Services& services, Request& request, TableFormat format) {
  const Caller caller = identify(services, request);
  const Register& reg = services.registry.require_register(request.path_parameter("register"));
  const EntryFilter filter = filter_of(request, caller);
  const bool english = reads_english(caller, request);
  co_return co_await services.server.run_on_workers([&] {
    if (format == TableFormat::csv) {
      Response response = http::bytes_response(entries_csv(services, caller, reg, filter), "text/csv; charset=utf-8");
      set_attachment(response, reg.id + ".csv");
      return response;
    }
    office::Sheet sheet;
    {
      auto reader = services.readers.borrow();
      auto names = services.readers.borrow();
      sheet = registry::entries_sheet(services.registry, *reader, *names, reg, caller.actor, filter, english);
    }
    return xlsx_response(workbook_of(services, english, std::move(sheet)), english ? reg.title.en : reg.title.zh);
  });
}

}  // namespace

namespace {

using http::Access;
using http::Method;

const std::string kEntries = "/api/v1/registers/{register}/entries";

void add_definition_routes(http::Router& router, Services& services) {
  router.add(Method::get, "/api/v1/registers",
             [&services](const Request& request) -> Response {
               const Caller caller = identify(services, request);
               auto reader = services.readers.borrow();
               Items<RegisterView> view;
               for (const auto& reg : services.registry.definitions().all()) view.items.push_back(view_of_register(services, *reader, reg, caller.actor));
               return http::json_response(view);
             },
             {.id = "listRegisters",
              .tag = "registers",
              .summary = {"所有清单及其字段", "All registers and their fields"},
              .response = http::of<Items<RegisterView>>(),
              .access = Access::anyone});
  router.add(
      Method::get, "/api/v1/registers/{register}",
      [&services](const Request& request) -> Response {
        const Caller caller = identify(services, request);
        auto reader = services.readers.borrow();
        return http::json_response(view_of_register(services, *reader, services.registry.require_register(request.path_parameter("register")), caller.actor));
      },
      {.id = "getRegister",
       .tag = "registers",
       .summary = {"一个清单", "One register"},
       .response = http::of<RegisterView>(),
       .errors = {Code::not_found},
       .access = Access::anyone});
  router.add(Method::get, "/api/v1/code-lists/{id}",
             [&services](const Request& request) -> Response {
               const auto* list = services.registry.definitions().code_list(request.path_parameter("id"));
               if (list == nullptr) throw Rejected(Code::not_found, {"没有这个代码表", "There is no such code list"});
               CodeListView view{list->id, list->title, {}};
               for (const auto& item : list->codes)
                 view.codes.push_back({item.code, item.zh, item.en, item.chain.empty() ? std::nullopt : std::optional(item.chain)});
               return http::json_response(view);
             },
             {.id = "getCodeList",
              .tag = "registers",
              .summary = {"代码表", "A code list"},
              .response = http::of<CodeListView>(),
              .errors = {Code::not_found},
              .access = Access::anyone});
  router.add(Method::get, "/api/v1/regions",
             [&services](const Request&) -> Response {
               Items<RegionView> view;
               for (const auto& region : services.registry.definitions().regions().all()) view.items.push_back(view_of(region));
               return http::json_response(view);
             },
             {.id = "listRegions",
              .tag = "registers",
              .summary = {"沪苏浙皖行政区划", "Divisions of the four provinces"},
              .response = http::of<Items<RegionView>>(),
              .access = Access::anyone});

}

void add_reading_routes(http::Router& router, Services& services) {
  router.add(Method::get, kEntries, [&services](const Request& request) { return list_entries(services, request); },
             {.id = "listEntries",
              .tag = "entries",
              .summary = {"条目列表", "Entries of a register"},
              .response = http::of<Page<EntryView>>(),
              .query = http::list_query(filter_query()),
              .errors = {Code::not_found, Code::invalid},
              .access = Access::anyone});
  auto cache = std::make_shared<PublicCache>(services.feed_seq);
  router.add(Method::get, kEntries + "/{id}",
             [&services, cache](const Request& request) -> Response {
               const bool anonymous = !request.header("Cookie") && !request.header("Authorization");
               return anonymous ? cache->get(request.path(), [&] { return get_entry(services, request); }) : get_entry(services, request);
             },
             {.id = "getEntry",
              .tag = "entries",
              .summary = {"一个条目", "One entry"},
              .response = http::of<EntryView>(),
              .sends_etag = true,
              .errors = {Code::not_found},
              .access = Access::anyone});
  router.add(Method::get, kEntries + "/{id}/versions", [&services](const Request& request) { return history_of(services, request); },
             {.id = "listEntryVersions",
              .tag = "entries",
              .summary = {"条目的历史", "History of an entry"},
              .response = http::of<Items<EntryVersionView>>(),
              .errors = {Code::not_found}});
  add_table_routes(router, "/api/v1/registers/{register}/export",
                   {.id = "exportEntries",
                    .tag = "entries",
                    .summary = {"导出一个清单：CSV 可再导入，XLSX 给人看", "A register: CSV can be imported again, XLSX is for people"},
                    .query = filter_query(),
                    .errors = {Code::not_found, Code::invalid},
                    .access = Access::anyone},
                   [&services](Request& request, TableFormat format) { return export_entries(services, request, format); });
}

void add_changing_routes(http::Router& router, Services& services) {
  router.add(Method::post, kEntries, [&services](Request& request) { return create_entry(services, request); },
             {.id = "createEntry",
              .tag = "entries",
              .summary = {"新建条目，可同时发布", "Create an entry, published at once if asked"},
              .request = http::of<EntryWrite>(),
              .response = http::of<EntryView>(),
              .status = 201,
              .sends_etag = true,
              .errors = {Code::invalid, Code::forbidden, Code::not_found, Code::conflict, Code::storage_full}});
  router.add(Method::put, kEntries + "/{id}", [&services](Request& request) { return edit_entry(services, request); },
             {.id = "editEntry",
              .tag = "entries",
              .summary = {"修改条目", "Change an entry"},
              .request = http::of<EntryWrite>(),
              .response = http::of<EntryView>(),
              .needs_if_match = true,
              .sends_etag = true,
              .errors = {Code::invalid, Code::forbidden, Code::not_found, Code::conflict, Code::version_mismatch, Code::storage_full}});
  router.add(Method::post, kEntries + "/{id}/publish", [&services](Request& request) { return publish_entry(services, request); },
             {.id = "publishEntry", .tag = "entries", .summary = {"发布条目", "Publish an entry"}, .response = http::of<EntryView>(), .sends_etag = true,
              .errors = {Code::forbidden, Code::not_found, Code::wrong_state, Code::version_mismatch}});
  router.add(Method::post, kEntries + "/{id}/withdraw", [&services](Request& request) { return withdraw_entry(services, request); },
             {.id = "withdrawEntry",
              .tag = "entries",
              .summary = {"撤回条目", "Withdraw an entry"},
              .request = http::of<Withdrawal>(),
              .response = http::of<EntryView>(),
              .sends_etag = true,
              .errors = {Code::invalid, Code::forbidden, Code::not_found, Code::wrong_state, Code::version_mismatch}});
}

}  // namespace

void add_register_routes(http::Router& router, Services& services) {
  add_definition_routes(router, services);
  add_reading_routes(router, services);
  add_changing_routes(router, services);
}

}  // namespace jingwei::api
