//! 繁體中文（台灣用語）。

use super::{Buttons, From, Text, Words};
use crate::core::Failure;

pub(super) static WORDS: Words = Words {
    site: "商家網站",
    merchant: "商家",
    account: "官方帳號",
    working: Text { title: "正在確認您的 LINE 身分…", body: "請稍候，通常只需要幾秒鐘。" },
    slow: "比平常久一點，仍在處理中，請不要關閉這個畫面。",
    busy: "目前使用人數較多，{n} 秒後會自動再試，請不要關閉這個畫面。",
    confirm: Text {
        title: "要把 LINE 與 {site} 連結嗎？",
        body: "連結後，{merchant}可以用 LINE 傳訊息給您，並認得您提出連結時使用的瀏覽器{from}。不需要密碼或驗證碼。",
    },
    from: From { both: "（{device}，{age}）", one: "（{one}）", just_now: "剛剛", minutes: "{n} 分鐘前" },
    privacy: "隱私權政策",
    bound: Text { title: "綁定完成", body: "您的 LINE 已與 {site} 連結，可以關閉這個畫面。" },
    already_bound: Text {
        title: "您已經綁定過了", body: "這個 LINE 已與 {site} 連結，不必再做一次。"
    },
    not_friend: "您的 LINE 已與 {site} 連結。還差一步：您尚未加入或已封鎖「{account}」，會收不到訊息。",
    open_in_line_phone: Text {
        title: "請用 LINE 開啟",
        body: "這個瀏覽器還沒有綁定。請在 LINE 裡開啟，或在這裡登入 LINE。",
    },
    open_in_line_desktop: Text {
        title: "請用手機掃描",
        body: "這台電腦還沒有綁定。請用手機的 LINE 掃描 QR Code，或在這裡登入 LINE。",
    },
    astray: "剛才的 LINE 登入是在另一個瀏覽器開始的，無法在這裡完成，尚未綁定。請改用 LINE，或在這裡重新登入。",
    qr: "QR Code",
    cancelled: Text {
        title: "已取消，沒有綁定", body: "您的 LINE 沒有與 {site} 連結。想綁定時可以重新開始。"
    },
    failure,
    code: "代碼",
    close_by_hand: "現在可以自行關閉這個分頁。",
    buttons: Buttons {
        retry: "再試一次",
        check: "查詢結果",
        start_again: "重新開始",
        close: "關閉",
        open_line: "用 LINE 開啟",
        login: "在這裡登入 LINE",
        login_again: "重新登入",
        confirm: "同意並連結",
        cancel: "取消",
        add_friend: "加入好友／解除封鎖",
        back: "回到網站",
        copy: "複製代碼",
        copied: "已複製",
    },
};

const fn failure(failure: Failure) -> Text {
    match failure {
        Failure::Offline => Text {
            title: "網路連線中斷", body: "尚未綁定。恢復連線後會自動繼續，也可以按下方按鈕。"
        },
        Failure::LineInit => Text {
            title: "LINE 暫時沒有回應",
            body: "尚未綁定。已自動重試，請再試一次，或關閉後重新掃描。",
        },
        Failure::LineDown => Text { title: "LINE 服務暫時異常", body: "尚未綁定。請過幾分鐘再試。" },
        Failure::SignInRefused => Text {
            title: "尚未取得授權",
            body: "沒有您的許可就無法綁定。要繼續請再試一次，並選「許可」。",
        },
        Failure::SignInExpired => {
            Text { title: "登入已逾時", body: "尚未綁定。請按下方按鈕重新登入 LINE。" }
        }
        Failure::Clock => Text {
            title: "手機時間不正確", body: "尚未綁定。請開啟「自動設定日期與時間」後再試一次。"
        },
        Failure::LinkIncomplete => Text {
            title: "找不到要連結的網站",
            body: "尚未綁定。請回到網站，重新按綁定按鈕或掃描 QR Code。",
        },
        Failure::LinkExpired => Text {
            title: "QR Code 已過期",
            body: "尚未綁定。為了安全只在短時間內有效，請回網站重新產生。",
        },
        Failure::LinkUsed => Text {
            title: "這個 QR Code 已被使用",
            body: "已由另一個 LINE 使用，您的 LINE 沒有綁定。若覺得可疑，請聯絡{merchant}。",
        },
        Failure::SiteHasOtherLine => Text {
            title: "網站帳號已連結另一個 LINE",
            body: "這個 LINE 沒有綁定。要改用這個 LINE，請聯絡{merchant}解除原有連結。",
        },
        Failure::LineHasOtherMember => Text {
            title: "此 LINE 已連結另一位會員",
            body: "這次沒有綁定。請改用原會員登入網站，或聯絡{merchant}。",
        },
        Failure::Paused => Text {
            title: "綁定功能暫時關閉", body: "尚未綁定。{merchant}暫停了這項功能，請稍後再試。"
        },
        Failure::Busy => {
            Text { title: "目前使用人數太多", body: "尚未綁定。請過一會兒再試一次。" }
        }
        Failure::Server => Text {
            title: "系統發生問題",
            body: "尚未綁定，請再試一次。若仍不行，請把代碼告訴{merchant}。",
        },
        Failure::Gateway => Text {
            title: "系統發生問題",
            body: "無法確定是否已完成綁定。請再試一次，不會重複綁定；若仍不行，請把代碼告訴{merchant}。",
        },
        Failure::Unsure => Text {
            title: "還不確定是否完成",
            body: "資料已送出，但沒有收到結果。按下方按鈕查詢，不會重複綁定。",
        },
        Failure::LineTooOld => Text {
            title: "請更新 LINE", body: "尚未綁定。您的 LINE 版本太舊，請更新後再試一次。"
        },
        Failure::WrongPlace => Text {
            title: "這裡無法綁定",
            body: "尚未綁定。社群（OpenChat）不支援，請從網站重新掃描 QR Code。",
        },
        Failure::Identity => Text {
            title: "無法確認您的 LINE 身分",
            body: "尚未綁定。請關閉後重新開啟；若仍不行，請把代碼告訴{merchant}。",
        },
        Failure::SetupLiffId => setup("尚未綁定，不是您的問題：這個連結的 LIFF ID 不正確。請把代碼告訴{merchant}。"),
        Failure::SetupMismatch => {
            setup("尚未綁定，不是您的問題：這個連結與商家的 LINE 設定不一致。請把代碼告訴{merchant}。")
        }
        Failure::SetupUnknown => setup("尚未綁定，不是您的問題：商家還沒有登錄這個 LIFF ID。請把代碼告訴{merchant}。"),
        Failure::SetupGameModule => {
            setup("尚未綁定，不是您的問題：這個連結屬於遊戲活動，不能用來綁定。請把代碼告訴{merchant}。")
        }
        Failure::SetupScope => {
            setup("尚未綁定，不是您的問題：商家的 LINE 設定沒有開啟身分驗證（openid）。請把代碼告訴{merchant}。")
        }
        Failure::SetupChannel => {
            setup("尚未綁定，不是您的問題：商家的 LINE 官方帳號沒有正確串接。請把代碼告訴{merchant}。")
        }
        Failure::SetupHost => setup("尚未綁定，不是您的問題：這個網址還沒有獲准使用綁定功能。請把代碼告訴{merchant}。"),
    }
}

const fn setup(body: &'static str) -> Text {
    Text { title: "商家設定尚未完成", body }
}
