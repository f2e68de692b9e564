// Xapian 1.4: characters and pairs (FLAG_CJK_NGRAM) of title and text, OR of all terms of the query, BM25 with its defaults; a glass
// database in files, which the system keeps in memory. Kind and every beginning of a region are boolean terms.
#include <xapian.h>

#include "match/bench/bench_run.h"

using namespace jingwei::match::bench;

namespace {

class XapianPeer {
 public:
  XapianPeer() { generator_.set_flags(Xapian::TermGenerator::FLAG_CJK_NGRAM); }

  void build(const Arguments& arguments) {
    folder_ = arguments.folder / "xapian";
    Xapian::WritableDatabase database(folder_.string(), Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_BACKEND_GLASS | Xapian::DB_NO_SYNC);
    std::size_t added = 0;
    each_entry(arguments.supplies, [&](const Entry& entry) {
      Xapian::Document document = terms_of(entry.title, entry.text);
      document.set_data(entry.id);
      document.add_boolean_term("XK" + entry.kind);
      for (const auto& beginning : beginnings(entry.region)) document.add_boolean_term("XR" + beginning);
      database.add_document(document);
      if (++added % kCommitEvery == 0) database.commit();
    });
    database.commit();
    database.compact(folder_.string() + ".compact");
    database.close();
    std::filesystem::remove_all(folder_);
    folder_ += ".compact";
    database_ = Xapian::Database(folder_.string());
  }

  double index_mb() const { return folder_mb(folder_); }

  std::vector<std::string> search(const Query& query, std::size_t k, bool filtered) {
    const Xapian::Document words = terms_of(query.title, query.text);
    std::vector<Xapian::Query> terms;
    for (auto term = words.termlist_begin(); term != words.termlist_end(); ++term) terms.emplace_back(*term, term.get_wdf());
    Xapian::Query wanted(Xapian::Query::OP_OR, terms.begin(), terms.end());
    if (filtered) {
      const Xapian::Query filter(Xapian::Query::OP_AND, Xapian::Query("XK" + query.filter_kind), Xapian::Query("XR" + query.filter_region));
      wanted = Xapian::Query(Xapian::Query::OP_FILTER, wanted, filter);
    }
    Xapian::Enquire enquire(database_);
    enquire.set_weighting_scheme(Xapian::BM25Weight());
    enquire.set_query(wanted);
    std::vector<std::string> found;
    const Xapian::MSet matches = enquire.get_mset(0, static_cast<Xapian::doccount>(k));
    for (auto match = matches.begin(); match != matches.end(); ++match) found.push_back(match.get_document().get_data());
    return found;
  }

 private:
  static constexpr std::size_t kCommitEvery = 100'000;

  Xapian::Document terms_of(const std::string& title, const std::string& text) {
    Xapian::Document document;
    generator_.set_document(document);
    generator_.index_text_without_positions(title);
    generator_.index_text_without_positions(text);
    return generator_.get_document();
  }

  Xapian::TermGenerator generator_;
  std::filesystem::path folder_;
  Xapian::Database database_;
};

}  // namespace

int main(int argc, char** argv) {
  try {
    return run_peer<XapianPeer>("xapian", argc, argv);
  } catch (const Xapian::Error& error) {
    std::cerr << "xapian: " << error.get_description() << '\n';
    return 1;
  }
}
