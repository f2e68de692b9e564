// Attachments: handing in a file, what is known of it, downloading it.
#include "api/internal/views.h"
#include "http/forms.h"

namespace jingwei::api {
namespace {

constexpr std::size_t kFormBytesMax = attachments::kFileBytesMax + 64 * 1024;  ///< the file and what a form puts around it

attachments::NewAttachment keep(Services& services, const Request& request) {
  if (request.media_type() != "multipart/form-data")
    throw Rejected(Code::unsupported, "Content-Type", {"请上传文件", "send a file"}, {"用 multipart/form-data 的 file 字段", "use the part 'file' of multipart/form-data"});
  for (const auto& part : http::parse_multipart(request.header("Content-Type").value_or(""), request.body)) {
    if (part.name != "file") continue;
    const auto name = attachments::plain_name(part.file_name.value_or(""));
    const auto kind = attachments::kind_of(name, part.content);
    return {name, kind.media_type, static_cast<std::int64_t>(part.content.size()), services.files.keep(part.content)};
  }
  throw Rejected(Code::invalid, "file", {"没有选择文件", "no file was sent"}, {"选择一个文件", "choose a file"});
}

awaitable<Response> hand_in(Services& services, Request& request) {
  const Caller caller = require_writer(services, request);
  attachments::require_may_add(caller.actor);  // before anything is written to the disk
  const auto file = co_await services.server.run_on_workers([&] { return keep(services, request); });
  co_return co_await change(
      services, request, caller, [&](store::Transaction& tx) { return attachments::add(tx, caller.actor, file); },
      [](store::Connection&, const attachments::Attachment& added) {
        Response response = http::json_response(added, 201);
        response.set("Location", "/api/v1/attachments/" + added.id);
        return response;
      });
}

Response facts(Services& services, const Request& request) {
  const Caller caller = require_member(services, request);
  auto reader = services.readers.borrow();
  return http::json_response(attachments::require(*reader, caller.actor, request.path_parameter("id")));
}

awaitable<Response> download(Services& services, Request& request) {
  const Caller caller = require_member(services, request);
  const std::string id(request.path_parameter("id"));
  co_return co_await services.server.run_on_workers([&] {
    attachments::Attachment attachment;
    {
      auto reader = services.readers.borrow();
      attachment = attachments::require(*reader, caller.actor, id);
    }
    Response response = http::bytes_response(services.files.read(attachment.sha256), attachment.media_type);
    // RFC 6266; never inline: what others made is not shown within this site.
    response.set("Content-Disposition", "attachment; filename*=UTF-8''" + http::encode_component(attachment.name));
    response.set("Cache-Control", "private, no-store");
    return response;
  });
}

}  // namespace

void add_attachment_routes(http::Router& router, Services& services) {
  using http::Method;
  const std::string all = "/api/v1/attachments";
  router.add(Method::post, all, [&services](Request& request) { return hand_in(services, request); },
             {.id = "addAttachment",
              .tag = "steering",
              .summary = {"上传佐证文件：PDF、图片、Office，最大 20 MB", "Hand in a proof: PDF, picture, Office file, at most 20 MB"},
              .request = http::form_file("file"),
              .response = http::of<attachments::Attachment>(),
              .status = 201,
              .accepts_key = true,
              .errors = {Code::invalid, Code::forbidden, Code::malformed, Code::unsupported, Code::too_large, Code::throttled, Code::storage_full},
              .body_bytes_max = kFormBytesMax});
  router.add(Method::get, all + "/{id}", [&services](const Request& request) { return facts(services, request); },
             {.id = "getAttachment",
              .tag = "steering",
              .summary = {"一个佐证文件的名称、大小和摘要", "Name, size and digest of a proof"},
              .response = http::of<attachments::Attachment>(),
              .errors = {Code::not_found}});
  router.add(Method::get, all + "/{id}/content", [&services](Request& request) { return download(services, request); },
             {.id = "downloadAttachment",
              .tag = "steering",
              .summary = {"下载佐证文件", "Download a proof"},
              .response = http::text_of("application/octet-stream"),
              .errors = {Code::not_found, Code::unavailable}});
}

}  // namespace jingwei::api
