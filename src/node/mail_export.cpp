#include "node/internal/mail_export.h"

#include <algorithm>

#include "digest/digest.h"
#include "io/file.h"
#include "node/node.h"

namespace jingwei::node {

ExportedMail export_mail(const std::filesystem::path& data, const std::string& store_override, const std::string& round, bool mbox, const std::filesystem::path& file) {
  const Settings settings = read_settings(data);
  const auto database = open_database(data, settings, store_override, false);
  const registry::Definitions definitions = registry::Definitions::load(program_folder() / "registers");
  const evidence::Issuer issuer(settings.origin, read_key(data));
  const registry::Registry registry(definitions, issuer);
  const digest::Digests digests(registry);
  const digest::Letters letters(digests, digest::sender_of({settings.title_zh, settings.title_en}, settings.origin));
  const auto connection = database->connect(true);
  const auto latest = digest::Rounds::latest_done(*connection);
  if (round.empty() && !latest) throw Rejected(Code::not_found, {"还没有完成过一轮匹配；先运行 jingwei round run", "No round is done yet; run jingwei round run first"});
  const auto all = letters.of_round(*connection, round.empty() ? latest->id : round);
  const auto without = std::ranges::count_if(all, [](const auto& letter) { return !letter.address; });
  io::write_file_atomically(file, mbox ? letters.mbox(all) : digest::Letters::json_lines(all), 0600);
  return {static_cast<std::int64_t>(all.size()) - (mbox ? without : 0), without};
}

}  // namespace jingwei::node
